// The program that libFuzzer drives. FUZZ_TARGET names what is fuzzed; it is no argument, because
// libFuzzer starts the program anew with its own arguments for some of its work. See run.sh.
import FuzzTargets
import Glibc

private typealias Callback = @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32

/// libFuzzer's own `main`, which is linked with `-sanitize=fuzzer`.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: Callback
) -> Int32

private enum Chosen {
  static let target: FuzzTarget = {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
      print("FUZZ_TARGET must be one of", FuzzTarget.allCases.map(\.rawValue))
      exit(2)
    }
    return target
  }()
}

private var count = CommandLine.argc
private var arguments = CommandLine.unsafeArgv
exit(
  runDriver(&count, &arguments) { start, count in
    Chosen.target.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  })
