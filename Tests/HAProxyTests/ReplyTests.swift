import HAProxy
import JSON
import Testing

/// What is read in the replies of HAProxy.
@Suite struct ReplyTests {
  @Test func serversState() throws {
    let rows = try ServerState.rows(parsing: Fixtures.reply("2.6/servers-state.txt"))
    #expect(rows.map(\.backend) == Array(repeating: "k8s-back", count: 5) + ["li"])
    #expect(rows.map(\.name) == ["a", "b", "c", "d", "e", "a"])
    #expect(rows.map(\.operational) == [.down, .down, .up, .down, .down, .up])
    #expect(
      rows.map(\.administrative.mode) == [.ready, .maint, .drain, .maint, .maint, .ready])
    #expect(rows.map(\.administrative.own) == [.ready, .maint, .drain, .ready, .ready, .ready])
    #expect(
      rows.map(\.administrative.origins) == [
        [], ["configuration"], ["runtime"], ["resolution"], ["tracking"], [],
      ])
    #expect(rows.map(\.checkResult) == [.failed, .unknown, .unknown, .unknown, .unknown, .unknown])
    #expect(rows.map(\.isChecked) == [true, true, false, true, false, false])
    #expect(rows.map(\.weight) == [1, 1, 1, 1, 1, 0])
    #expect(rows.map(\.hostName) == [nil, nil, nil, "nosuch.invalid", nil, nil])
    #expect(rows[2].address == "127.0.0.1" && rows[2].port == 3)
  }

  @Test(arguments: Fixtures.releases)
  func statistics(release: String) throws {
    let rows = try ServerStatistics.rows(parsing: Fixtures.reply("\(release)/stat.csv"))
    #expect(rows.map(\.backend) == Array(repeating: "k8s-back", count: 5) + ["li"])
    #expect(rows.map(\.name) == ["a", "b", "c", "d", "e", "a"])
    #expect(
      rows.map(\.status) == [
        "DOWN", "MAINT", "DRAIN", "MAINT (resolution)", "MAINT (via k8s-back/b)", "no check",
      ])
    #expect(rows.map(\.isBackup) == [false, false, false, false, true, false])
    #expect(rows.map(\.tracked) == ["", "", "", "", "k8s-back/b", ""])
    #expect(rows[0].checkStatus == "L4CON" && !rows[0].isCheckRunning)
    #expect(rows[0].checkDescription == "Layer4 connection problem")
    #expect(rows[0].lastCheck == "Connection refused")
    #expect(rows[0].checkRise == 2 && rows[0].checkFall == 2)
    #expect(rows[0].address == "127.0.0.1:1")
    #expect(rows[2].checkRise == nil && rows[2].checkStatus == "")
  }

  @Test func information() throws {
    let information = try ProcessInformation(parsing: Fixtures.reply("2.6/info.txt"))
    #expect(information.version == "2.6.12-1+deb12u4")
    #expect(information["Name"] == "HAProxy")
    #expect(information["node"] == "lb1")
    #expect(information["NoSuchField"] == nil)
    #expect(information.processID > 0 && information.uptime >= 0)
  }

  /// The bits of srv_admin_state, alone and together.
  @Test(arguments: [
    (0x00, AdministrativeState.Mode.ready, AdministrativeState.Mode.ready, [String]()),
    (0x01, .maint, .maint, ["runtime"]), (0x02, .maint, .ready, ["tracking"]),
    (0x04, .ready, .ready, []), (0x05, .maint, .maint, ["configuration"]),
    (0x08, .drain, .drain, ["runtime"]), (0x10, .drain, .ready, ["tracking"]),
    (0x0C, .drain, .drain, ["runtime"]), (0x20, .maint, .ready, ["resolution"]),
    (0x28, .maint, .drain, ["runtime", "resolution"]), (0x40, .ready, .ready, []),
    (0x33, .maint, .maint, ["runtime", "tracking", "resolution"]),
  ])
  func administrative(
    flags: Int, mode: AdministrativeState.Mode, own: AdministrativeState.Mode, origins: [String]
  ) {
    let state = AdministrativeState(flags: flags)
    #expect(state.mode == mode && state.own == own && state.origins == origins)
  }

  @Test func quotesInTheTable() throws {
    let table = #"""
      # pxname,svname,status,scur,type,last_chk,new_in_4,
      "back,1","s""1",UP,7,2,"line 1
      line 2, ""quoted""",,
      FRONT,FRONTEND,OPEN,1,0,,,

      """#
    let rows = try ServerStatistics.rows(parsing: Array(table.utf8))
    #expect(rows.count == 1)
    #expect(rows[0].backend == "back,1" && rows[0].name == "s\"1" && rows[0].sessions == 7)
    #expect(rows[0].lastCheck == "line 1\nline 2, \"quoted\"")
  }

  @Test(arguments: [
    ("", "is empty"), ("1\n", "is empty"), ("2\n# be_name\n", "is not in format 1"),
    ("1\nbe_id\n", "has no header"),
    ("1\n# be_id be_name\n", "has no column srv_name"),
    (header + "1 b 1 s ::1 2 x 1 1 0 0 0 0 0\n", "has no number as srv_admin_state of server s"),
    (header + "1 b 1 s ::1 9 0 1 1 0 0 0 0 0\n", "the state 9 of server s is not known"),
    (header + "1 b 1 s\n", "has no number as srv_op_state of server s"),
    (
      header + "1 b 1 s ::1 2 99999999999999999999 1 1 0 0 0 0 0\n",
      "has no number as srv_admin_state"
    ),
  ])
  func noServersState(text: String, words: String) {
    let error = #expect(throws: RuntimeError.self) {
      try ServerState.rows(parsing: Array(text.utf8))
    }
    #expect(error?.kind == .unreadable)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  private static let header =
    "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight"
    + " srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health"
    + " srv_check_state\n"

  @Test(arguments: [
    ("", "has no header"), ("pxname,svname\n", "has no header"),
    ("# pxname,status,scur\n", "has no column svname"),
    ("# pxname,svname,status,scur\n\"a,b\n", "a quote without its end"),
  ])
  func noStatistics(text: String, words: String) {
    let error = #expect(throws: RuntimeError.self) {
      try ServerStatistics.rows(parsing: Array(text.utf8))
    }
    #expect(error?.kind == .unreadable)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: ["", "Unknown command.\n", "Version: 2.6\nPid: x\nUptime_sec: 1\n"])
  func noInformation(text: String) {
    let error = #expect(throws: RuntimeError.self) {
      try ProcessInformation(parsing: Array(text.utf8))
    }
    #expect(error?.kind == .unreadable)
  }
}
