import Foundation
import Testing

/// What a task may ask for, on every version and over both kinds of connection.
extension PluginTests {
  @Suite struct PlaybookTests {
    @Test(arguments: Controller.versions) func everythingOnThisMachine(version: String) throws {
      let run = try Controller(version).play("everything.yml", verbosity: "-v")
      #expect(run.status == 0, "\(run.output)")
    }

    @Test(arguments: Controller.versions) func everythingOverSSH(version: String) throws {
      let controller = try Controller(version)
      try controller.startSSHD()
      let run = try controller.play("everything.yml", on: "there", verbosity: "-v")
      #expect(run.status == 0, "\(run.output)")
    }

    @Test(arguments: Controller.versions) func everythingInAnsiblesOwnWay(version: String) throws {
      let run = try Controller(version).play(
        "everything.yml", ["expected_source": "\"file\"", "ansible_pipelining": "false"],
        verbosity: "-v")
      #expect(run.status == 0, "\(run.output)")
    }

    @Test(arguments: Controller.versions) func coldTakesTwoRoundTripsAndWarmOne(version: String)
      throws
    {
      let controller = try Controller(version)
      try controller.startSSHD()
      let cold = try controller.play("one-task.yml", on: "there")
      let warm = try controller.play("one-task.yml", on: "there")
      #expect(cold.status == 0, "\(cold.output)")
      #expect(warm.status == 0, "\(warm.output)")
      #expect(cold.roundTrips == 2)
      #expect(warm.roundTrips == 1)
      #expect(cold.transfers + warm.transfers == 0)
      #expect(controller.keptCopies().count == 1)
    }

    @Test(arguments: Controller.versions) func noVerbosityShowsTheArguments(version: String) throws
    {
      let controller = try Controller(version)
      try controller.startSSHD()
      for target in ["here", "there"] {
        let run = try controller.play(
          "one-task.yml", on: target, ["hidden": "true"], verbosity: "-vvvvv")
        #expect(run.status == 0, "\(run.output)")
        #expect(!run.output.contains("hush-hush"))
      }
    }

    @Test(arguments: Controller.versions) func keptFilesAreAnsiblesOwnWay(version: String) throws {
      let run = try Controller(version).play(
        "one-task.yml", environment: ["ANSIBLE_KEEP_REMOTE_FILES": "1"])
      #expect(run.status == 0, "\(run.output)")
      #expect(run.transfers == 2)
    }

    @Test(arguments: Controller.versions) func anotherUserHasCopiesOfHisOwn(version: String) throws
    {
      let controller = try Controller(version)
      try controller.startSSHD()
      for (target, method) in [("here", "sudo"), ("there", "sudo"), ("there", "su")] {
        var variables = ["ansible_become": "true", "ansible_become_user": "\"nobody\""]
        variables["ansible_become_method"] = "\"\(method)\""
        variables["ansible_become_flags"] = method == "su" ? "\"-s /bin/sh\"" : "\"-H -S -n\""
        variables["ansible_pipelining"] = "true"
        let run = try controller.play("one-task.yml", on: target, variables)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains("uid=65534"))
      }
      let copies = controller.folder.appending(path: "system/.mcapi-modules-65534").path
      let attributes = try FileManager.default.attributesOfItem(atPath: copies)
      #expect(attributes[.posixPermissions] as? Int == 0o700)
      #expect(controller.keptCopies().isEmpty)
    }

    @Test(arguments: Controller.versions) func anUnreachableHostIsUnreachable(version: String)
      throws
    {
      let run = try Controller(version).play("one-task.yml", on: "nowhere", verbosity: "-v")
      #expect(run.status == 4)
      #expect(run.output.contains("UNREACHABLE!"))
    }
  }
}
