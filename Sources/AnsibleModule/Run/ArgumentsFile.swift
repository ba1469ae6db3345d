internal import ByteText
internal import CPosix

/// More than any task has; Ansible's own limit is the memory.
private let largestArguments = 16 << 20

/// The arguments as Ansible leaves them in a file, or sends them to standard input for `-`.
func readArguments(_ spec: ModuleSpec) throws(ModuleFailure) -> [UInt8] {
  guard cposix_argument_count() == 2, let argument = cposix_argument(1) else {
    throw ModuleFailure(
      "usage: \(spec.name) FILE, with the task's arguments as a JSON object (- reads them from"
        + " standard input); Ansible runs it as module \(spec.name)")
  }
  let path = String(cString: argument)
  do throws(ModuleFailure) {
    if path == "-" {
      return try OpenFile(standardInput: "the arguments").contents(limit: largestArguments)
    }
    return try readFile(path, limit: largestArguments)
  } catch {
    throw ModuleFailure("cannot read the arguments of the module: \(error.message)")
  }
}
