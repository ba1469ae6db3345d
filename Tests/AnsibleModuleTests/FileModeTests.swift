import Testing

@testable import AnsibleModule

@Suite struct FileModeTests {
  @Test func symbolicModesAreAnsibles() throws {
    var random = FixedRandom(seed: 7)
    let users = ["", "a", "u", "g", "o", "ug", "ugo", "ua", "x"]
    let permissions = ["", "r", "w", "x", "X", "s", "t", "u", "g", "o", "rwX", "rwxst", "gw", "q"]
    func clause() -> String {
      random.pick(users)
        + (0..<Int.random(in: 0...2, using: &random)).map { _ in
          random.pick(["+", "-", "="]) + random.pick(permissions)
        }.joined()
    }
    let cases = (0..<600).map { _ in
      (
        mode: (0..<Int.random(in: 1...3, using: &random)).map { _ in clause() }
          .joined(separator: ","),
        current: Int.random(in: 0...0o7777, using: &random), isDirectory: random.chance(50)
      )
    }
    let answers = try Oracle.ask(
      cases.map {
        ["mode": .string($0.mode), "current": .int($0.current), "directory": .bool($0.isDirectory)]
      })
    for (entry, answer) in zip(cases, answers) {
      let mode: FileMode
      do throws(ModuleFailure) {
        mode = try FileMode(.string(entry.mode))
      } catch {
        #expect(error.fields["details"] == answer["error"], "\(entry)")
        #expect(error.message == "mode must be in octal or symbolic form")
        continue
      }
      let bits = mode.bits(
        changing: entry.current, isDirectory: entry.isDirectory, umask: 0o027)
      #expect(.int(bits) == answer["bits"], "\(entry)")
    }
  }

  @Test(
    arguments: [
      ("0640", 0o640), ("640", 0o640), ("0o600", 0o600), (" 4755 ", 0o4755), (420, 0o644), (0, 0),
    ] as [(JSONValue, Int)])
  func numbersAndOctalDigits(value: JSONValue, bits: Int) throws {
    #expect(try FileMode(value).bits(changing: 0o777, isDirectory: false, umask: 0) == bits)
  }

  @Test(arguments: ["10000", 4096, -1] as [JSONValue])
  func moreThanPermissionsIsRefused(value: JSONValue) {
    #expect(throws: ModuleFailure.self) { try FileMode(value) }
  }
}
