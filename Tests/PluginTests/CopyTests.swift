import Foundation
import Testing

/// What happens to the kept copy, and where it may lie.
extension PluginTests {
  @Suite struct CopyTests {
    let controller: Controller
    let files = FileManager.default

    init() throws { controller = try Controller("2.19") }

    private func copy() throws -> URL {
      controller.copies.appending(path: try #require(controller.keptCopies().first))
    }

    private func runs(_ variables: [String: String] = [:]) throws -> Run {
      let run = try controller.play("one-task.yml", variables)
      #expect(run.status == 0, "\(run.output)")
      return run
    }

    private func isSound() throws -> Bool {
      let attributes = try files.attributesOfItem(atPath: try copy().path)
      let built = try Data(
        contentsOf: controller.collection.appending(path: "plugins/modules/probe"))
      return try Data(contentsOf: copy()) == built
        && attributes[.posixPermissions] as? Int == 0o500 && controller.keptCopies().count == 1
    }

    /// Each leaves the copy as nobody should run it.
    @Test(arguments: [
      "chmod u+w COPY; printf x >>COPY; chmod 500 COPY", "chmod 777 COPY", "chown nobody COPY",
      "chmod 600 COPY", "rm COPY; ln -s nowhere COPY", "cp COPY COPY-other; ln -sf COPY-other COPY",
      "truncate -s 0 COPY", "rm COPY; mkfifo -m 500 COPY",
    ]) func aCopyThatIsNotAsInstalledIsReplaced(damage: String) throws {
      _ = try runs()
      let path = try copy().path
      try controller.run("sh", ["-c", damage.replacing("COPY", with: path)])
      let run = try runs()
      #expect(run.roundTrips == 2)
      try controller.run("rm", ["-f", path + "-other"])
      #expect(try isSound())
    }

    @Test(arguments: ["chmod 777 FOLDER", "chmod 2770 FOLDER"])
    func aFolderThatOthersMayEnterIsClosed(damage: String) throws {
      _ = try runs()
      try controller.run(
        "sh", ["-c", damage.replacing("FOLDER", with: controller.copies.path)])
      #expect(try runs().roundTrips == 2)
      #expect(try runs().roundTrips == 1)
      #expect(try isSound())
    }

    @Test func whatSomebodyElsePreparedIsNotUsed() throws {
      try files.createDirectory(at: controller.copies, withIntermediateDirectories: true)
      let lure = controller.copies.appending(path: "probe-lure")
      try Data().write(to: lure)
      try controller.run("chown", ["-R", "nobody", controller.copies.path])
      let run = try runs()
      #expect(run.output.contains("program=\(controller.folder.path)/system/"))
      #expect(controller.keptCopies() == ["probe-lure"])
    }

    @Test(arguments: [
      "ln -s nowhere PLACE", "touch PLACE", "mkdir PLACE && mount -t tmpfs -o noexec none PLACE",
      "mkdir PLACE && mount -t tmpfs -o ro none PLACE",
      "mkdir PLACE && mount -t tmpfs -o size=4k none PLACE",
    ])
    func aPlaceThatCannotServeIsPassedOver(preparation: String) throws {
      let place = controller.remoteTmp.path
      let prepared = try controller.run("sh", ["-c", preparation.replacing("PLACE", with: place)])
      #expect(prepared.status == 0, "\(prepared.output)")
      defer {
        _ = try? controller.run("sh", ["-c", "umount \(place) 2>/dev/null; rm -rf \(place)"])
      }
      let first = try runs()
      #expect(first.roundTrips == 3)
      let left = try controller.run("sh", ["-c", "find \(place)/ -name '.new-*' 2>/dev/null || :"])
      #expect(left.output == "")
      #expect(first.output.contains("program=\(controller.folder.path)/system/"))
      #expect(try runs().roundTrips == 1)
    }

    @Test func noPlaceAtAllIsAFailureThatSaysWhy() throws {
      let run = try controller.play(
        "one-task.yml", ["ansible_remote_tmp": "\"/proc/none\"", "ansible_shell_type": "\"sh\""],
        environment: ["ANSIBLE_SYSTEM_TMPDIRS": "/proc/nothing"])
      // Memory is the last place; where it serves the task succeeds.
      #expect(
        run.output.contains("program=/dev/shm/") || run.output.contains("No folder of the target"))
      #expect(run.roundTrips == 4)
      try controller.run("rm", ["-rf", "/dev/shm/.mcapi-modules-\(getuid())"])
    }

    @Test func aNewBuildIsANewCopyAndOldOnesGo() throws {
      for build in 1...6 {
        try controller.compile("x86_64-\(build)", to: "plugins/modules/probe")
        let run = try runs()
        #expect(run.roundTrips == 2)
        #expect(run.output.contains("build=x86_64-\(build) "))
      }
      #expect(controller.keptCopies().count == 3)
    }

    @Test func whatAKilledInstallationLeftGoes() throws {
      _ = try runs()
      let left = controller.copies.appending(path: ".new-12345678")
      let sound = try copy().path
      try Data(count: 10).write(to: left)
      try controller.run("touch", ["-d", "2 hours ago", left.path])
      try controller.run("chmod", ["600", sound])
      _ = try runs()
      #expect(!files.fileExists(atPath: left.path))
      #expect(try isSound())
    }

    @Test func installingManyAtOnceLeavesOne() throws {
      let run = try controller.play("at-once.yml", environment: ["ANSIBLE_FORKS": "8"])
      #expect(run.status == 0, "\(run.output)")
      #expect(try isSound())
    }

    @Test func theArchitectureIsTheTargets() throws {
      for (machine, build) in [("aarch64", "aarch64"), ("x86_64", "x86_64")] {
        try pretend(machine: machine)
        let path = controller.folder.appending(path: "bin").path + ":/usr/bin:/bin"
        for variables in [[:], ["ansible_pipelining": "false"]] {
          let run = try controller.play("one-task.yml", variables, environment: ["PATH": path])
          #expect(run.output.contains("build=\(build) "), "\(run.output)")
        }
      }
    }

    @Test func anArchitectureWithoutABuildIsRefused() throws {
      try pretend(machine: "riscv64")
      let path = controller.folder.appending(path: "bin").path + ":/usr/bin:/bin"
      for variables in [[:], ["ansible_pipelining": "false"]] {
        let run = try controller.play("one-task.yml", variables, environment: ["PATH": path])
        #expect(run.status == 2)
        #expect(run.output.contains("compiled for x86_64 and aarch64; the target is riscv64"))
      }
    }

    @Test func withoutTheToolsItIsAnsiblesOwnWay() throws {
      let bin = try controller.makeFolder("few")
      try controller.run(
        "sh", ["-c", "ln -s /usr/bin/* \(bin.path)/; rm \(bin.path)/sha256sum"])
      let run = try controller.play("one-task.yml", environment: ["PATH": bin.path])
      #expect(run.status == 0, "\(run.output)")
      #expect(run.output.contains("lacks sha256sum"))
      #expect(run.transfers == 2)
    }

    @Test func busyboxServesAsWell() throws {
      let bin = try controller.makeFolder("busybox")
      try controller.run("busybox", ["--install", "-s", bin.path])
      let path = "\(bin.path):/usr/bin:/bin"
      let variables = ["ansible_shell_executable": "\"\(bin.path)/ash\""]
      for expected in [2, 1] {
        let run = try controller.play("one-task.yml", variables, environment: ["PATH": path])
        #expect(run.status == 0, "\(run.output)")
        #expect(run.roundTrips == expected)
      }
    }

    private func pretend(machine: String) throws {
      let uname = try controller.makeFolder("bin").appending(path: "uname")
      try "#!/bin/sh\necho \(machine)\n".write(to: uname, atomically: true, encoding: .utf8)
      try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: uname.path)
    }
  }
}
