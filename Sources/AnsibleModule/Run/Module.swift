internal import ByteText
internal import CPosix
public import JSON

/// Runs an Ansible module written in Swift.
///
/// ```swift
/// @main struct Hello {
///   static func main() {
///     Module.run(spec) { invocation throws(ModuleFailure) in
///       let name = try invocation.parameters.string("name")
///       return ModuleResult(changed: false, message: "Hello \(name)")
///     }
///   }
/// }
/// ```
public enum Module {
  public typealias Body = (inout Invocation) throws(ModuleFailure) -> ModuleResult

  /// Reads the arguments from the file named by the first argument (`-`: from standard input),
  /// validates them, runs `body`, prints the result and ends the process: 0, or 1 on failure.
  public static func run(_ spec: ModuleSpec, _ body: Body) -> Never {
    let output: JSONObject
    do throws(ModuleFailure) {
      output = execute(spec, arguments: try readArguments(spec), body)
    } catch {
      output = report(error)
    }
    // Over ssh, text on stderr may stand before the result: it must begin on a line of its own.
    let line = [0x0A] + JSONValue.object(output).jsonBytes + [0x0A]
    let isWritten = cposix_write_all(1, line, line.count) == 0
    cposix_exit(isWritten && output["failed"] != true ? 0 : 1)
  }

  /// What the module answers to `arguments`, JSON as Ansible writes it: the whole of a run but
  /// reading and printing.
  public static func execute(_ spec: ModuleSpec, arguments: [UInt8], _ body: Body) -> JSONObject {
    do throws(JSONError) {
      guard var values = try JSONValue(parsing: arguments).object else {
        return report(ModuleFailure("the arguments of the module are not a JSON object"))
      }
      let controls = Controls(takenFrom: &values)
      return execute(spec, values, controls, body)
    } catch {
      return report(ModuleFailure("the arguments of the module are not JSON: \(error.message)"))
    }
  }

  private static func execute(
    _ spec: ModuleSpec, _ values: JSONObject, _ controls: Controls, _ body: Body
  ) -> JSONObject {
    let name = controls.moduleName ?? spec.name
    let validation = Validation(spec.arguments, values)
    var invocation = Invocation(validation, controls, name: name)
    var output: JSONObject
    do throws(ModuleFailure) {
      if let error = validation.errors.first,
        error.kind == .other || !controls.ignoresUnknownOptions
      {
        throw ModuleFailure(
          error.kind == .unknownName
            ? "Unsupported parameters for (\(name)) module: \(error.message)" : error.message)
      }
      if controls.isCheckMode && !spec.supportsCheckMode {
        output = [
          "skipped": true,
          "msg": .string("remote module (\(name)) does not support check mode"),
        ]
      } else {
        output = report(try body(&invocation), wantsDiff: controls.wantsDiff)
      }
    } catch {
      output = report(error)
      if controls.wantsTracebacks { output["exception"] = .string(error.traceback) }
    }
    addFileFacts(to: &output)
    output["invocation"] = ["module_args": .object(validation.parameters)]
    if !invocation.warnings.isEmpty {
      output["warnings"] = .texts(invocation.warnings)
    }
    if !validation.deprecations.isEmpty {
      output["deprecations"] = .array(validation.deprecations.map { .object($0.object) })
    }
    return invocation.secrets.redacting(.object(output)).object ?? output
  }

  private static func report(_ failure: ModuleFailure) -> JSONObject {
    var output = failure.fields
    output["failed"] = true
    output["msg"] = .string(failure.message)
    return output
  }

  private static func report(_ result: ModuleResult, wantsDiff: Bool) -> JSONObject {
    var output = result.fields
    output["changed"] = .bool(result.changed)
    if let message = result.message { output["msg"] = .string(message) }
    if wantsDiff && !result.diff.isEmpty {
      let diffs = result.diff.map { $0.json }
      output["diff"] = diffs.count == 1 ? diffs[0] : .array(diffs)
    }
    return output
  }
}

extension Deprecation {
  var object: JSONObject {
    var object: JSONObject = ["msg": .string(message)]
    switch removal.time {
    case .version(let version): object["version"] = .string(version)
    case .date(let date): object["date"] = .string(date)
    }
    object["collection_name"] = .string(removal.collection)
    return object
  }
}
