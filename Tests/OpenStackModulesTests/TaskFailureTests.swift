import AnsibleModule
import JSON
import Testing

@testable import OpenStack
@testable import OpenStackModules

/// How a refusal of the cloud is told.
@Suite struct TaskFailureTests {
  @Test func anAnswerIsTold() {
    let error = OpenStackError(.conflict, "in use", status: 409, requestID: "req-1")
    let failure = ModuleFailure(error, fields: ["actions": ["made"]])
    #expect(failure.message == "in use")
    #expect(
      failure.fields == ["actions": ["made"], "status": 409, "request_id": "req-1"])
  }

  @Test func whereNoAnswerCameNoneIsTold() {
    #expect(ModuleFailure(OpenStackError(.unreachable, "refused")).fields.isEmpty)
  }
}
