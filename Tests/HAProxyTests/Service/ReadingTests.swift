import HAProxy
import JSON
import Testing

/// What is refused, and in which words.
@Suite struct ReadingTests {
  @Test(arguments: [
    (
      "port",
      "\"port\" is no key of a service that the haproxy_server role knows; the nearest is haproxy_port"
    ),
    (
      "haproxy_backend_node",
      "\"haproxy_backend_node\" is no key of a service that the haproxy_server role knows; the nearest is haproxy_backend_nodes"
    ),
    (
      "haproxy_balance_algo",
      "\"haproxy_balance_algo\" is no key of a service that the haproxy_server role knows; the nearest is haproxy_balance_alg"
    ),
    (
      "Interval",
      "\"Interval\" is no key of a service that the haproxy_server role knows; the nearest is interval"
    ),
    (
      "a\nb",
      "\"a\\nb\" is no key of a service that the haproxy_server role knows; none is near it; leave it out"
    ),
  ])
  func unknownKeys(key: String, message: String) {
    #expect(Samples.message(Samples.web([key: 1])) == message)
  }

  /// None of these may become a line of configuration or leave the folder of the fragments.
  @Test(arguments: [
    "a b", "a\nb", "a\r", "a\0b", "a/b", "../x", "..", ".", "", "a\tb", "a#b", "a\"b", "ä", "a\\b",
    "web\nbackend evil", "00-haproxy", "/etc/passwd",
  ])
  func namesThatBreakOut(name: String) {
    #expect(
      Samples.message(Samples.web(["haproxy_service_name": .string(name)]))
        .hasPrefix("haproxy_service_name "))
    for (key, value) in [
      ("haproxy_backend_nodes", [["name": .string(name), "ip_addr": "10.0.0.1"]]),
      ("haproxy_acls", [name: ["rule": "path /"]]),
      ("haproxy_acls", ["a": ["rule": "path /", "backend_name": .string(name)]]),
      ("haproxy_map_entries", [["name": .string(name), "entries": []]]),
      ("haproxy_map_entries", [["name": "m", "order": .string(name), "entries": []]]),
    ] as [(String, JSONValue)] {
      // What is dangerous as a file name alone, or taken, is a name like others elsewhere.
      if [".", "..", "00-haproxy"].contains(name) && key != "haproxy_map_entries" { continue }
      if name == "00-haproxy" { continue }
      #expect(Samples.message(Samples.web([key: value])) != "(it was taken)", "\(key): \(name)")
    }
  }

  /// Every key that becomes text, with a line break, and with each kind of value.
  @Test func noKeyTakesALineBreakOrAWrongType() throws {
    let texts = [
      "haproxy_port", "haproxy_backend_port", "haproxy_check_port", "haproxy_balance_type",
      "haproxy_balance_alg", "haproxy_ssl_path", "haproxy_backend_ca", "haproxy_timeout_client",
      "haproxy_timeout_server", "haproxy_default_backend", "haproxy_redirect_scheme",
      "haproxy_http_keepalive_mode", "interval", "backend_rise", "backend_fall", "backup_rise",
      "backup_fall",
    ]
    let lists = [
      "haproxy_bind", "haproxy_backend_options", "haproxy_backend_arguments",
      "haproxy_backend_httpcheck_options", "haproxy_backend_server_options",
      "haproxy_frontend_raw", "haproxy_maps", "haproxy_allowlist_networks",
      "haproxy_stick_table",
    ]
    for key in texts {
      let message = Samples.message(Samples.web([key: "a\nbackend evil"]))
      #expect(message.hasPrefix(key), "\(key): \(message)")
      for value in [[], [:], 1.5] as [JSONValue] {
        #expect(Samples.message(Samples.web([key: value])).hasPrefix(key), "\(key)")
      }
    }
    for key in lists {
      for bad in ["a\nb", "a\0", "a\u{7f}"] as [JSONValue] {
        let message = Samples.message(Samples.web([key: [bad]]))
        #expect(message.hasPrefix("\(key)[0] "), "\(key): \(message)")
      }
      #expect(
        Samples.message(Samples.web([key: "httpchk"])) == "\(key) is a text and must be a list")
      #expect(Samples.message(Samples.web([key: .null])).hasPrefix("\(key) is null"))
      #expect(Samples.message(Samples.web([key: [true]])).contains("must be a text"))
    }
  }

  @Test(arguments: [0, -1, 65536, 100_000] as [Int])
  func portsOutOfRange(port: Int) {
    let message = Samples.message(Samples.web(["haproxy_port": .int(port)]))
    #expect(
      message == "haproxy_port is \"\(port)\", which is no port; write a number from 1 to 65535")
    let node: JSONValue = ["name": "a", "ip_addr": "10.0.0.1", "check_port": .int(port)]
    #expect(
      Samples.message(Samples.web(["haproxy_backend_nodes": [node]]))
        .hasPrefix("haproxy_backend_nodes[0].check_port is "))
  }

  @Test(arguments: ["+80", "080", "80 ", "80-90", "0x50", "", "٨٠"])
  func portsThatAreNoNumber(port: String) {
    #expect(
      Samples.message(Samples.web(["haproxy_port": .string(port)])).hasPrefix("haproxy_port is "))
  }

  @Test(arguments: [
    "256.1.1.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4/8", "fd00::1::2", "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", ":", ":::", "g::1", "fd00::12345",
    "::256.0.0.1", "-a.example", "a..b", "a b", "10.0.0.1 interface eth0", "10.0.0.1\n", "",
    "unix@/run/x",
  ])
  func addressesThatAreNone(address: String) {
    let bind = Samples.message(Samples.web(["haproxy_bind": [.string(address)]]))
    #expect(bind.hasPrefix("haproxy_bind[0] "), "\(bind)")
    let node: JSONValue = ["name": "a", "ip_addr": .string(address)]
    #expect(
      Samples.message(Samples.web(["haproxy_backend_nodes": [node]]))
        .hasPrefix("haproxy_backend_nodes[0].ip_addr "))
  }

  @Test(arguments: [
    "0.0.0.0", "255.255.255.255", "::", "::1", "1::", "fd00::5", "1:2:3:4:5:6:7:8",
    "::ffff:10.0.0.1",
    "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "lb1", "lb_1.example.com", "a.b-c.d",
  ])
  func addressesThatAreSome(address: String) throws {
    let service = try Samples.read(Samples.web(["haproxy_bind": [.string(address)]]))
    #expect(service.fragment.contains("    bind \(address):8080 \n"))
  }

  @Test(arguments: [
    "10.0.0.0/33", "10.0.0.0/", "fd00::/129", "10.0.0/8", "all", "10.0.0.0/8/8", "-f /x",
  ])
  func networksThatAreNone(network: String) {
    #expect(
      Samples.message(Samples.web(["haproxy_allowlist_networks": [.string(network)]]))
        .hasPrefix("haproxy_allowlist_networks[0] is "))
  }

  /// The role takes any text for true where it does not use the filter bool.
  @Test func wordsThatMeanTheOppositeInTheRole() throws {
    #expect(
      Samples.message(Samples.web(["haproxy_backend_only": "no"]))
        == "haproxy_backend_only is the text \"no\", which the haproxy_server role takes for true;"
        + " write the boolean false")
    #expect(Samples.message(Samples.web(["haproxy_ssl": "no"])) == "(it was taken)")
    #expect(
      Samples.message(Samples.web(["haproxy_ssl": "no", "haproxy_redirect_http_port": 80]))
        .hasPrefix("haproxy_ssl is the text \"no\""))
    #expect(Samples.message(Samples.web(["haproxy_ssl": "maybe"])).contains("write true or false"))
    #expect(Samples.message(Samples.web(["haproxy_ssl": 2])).contains("must be a boolean"))
  }

  @Test func whatIsMissing() {
    #expect(
      Samples.message(Samples.web(without: ["haproxy_service_name"]))
        == "haproxy_service_name is missing")
    #expect(Samples.message(Samples.web(without: ["haproxy_port"])) == "haproxy_port is missing")
    #expect(
      Samples.message(
        Samples.web(["haproxy_redirect_http_port": 80], without: ["haproxy_ssl"]))
        == "haproxy_redirect_http_port needs haproxy_ssl, which is missing")
    #expect(
      Samples.message(Samples.web(["haproxy_backend_nodes": ["infra1"]]))
        == "the address of node \"infra1\" is not known; give it in role_variables.node_addresses,"
        + " or write the node as {name: ..., ip_addr: ...}")
    #expect(
      Samples.message(
        Samples.web(), ["haproxy_bind_internal_lb_vip_address": .null]
      ).hasPrefix("where to listen is not known: "))
  }

  /// Of a service that is not to be there its name is enough.
  @Test func aServiceThatIsNotWantedNeedsItsNameOnly() throws {
    for changes in [
      ["state": "absent"], ["haproxy_service_enabled": false], ["haproxy_service_enabled": "no"],
    ] as [JSONObject] {
      var service: JSONObject = ["haproxy_service_name": "web", "haproxy_backend_nodes": ["x"]]
      service.merge(changes)
      #expect(
        try Samples.read(service, ["haproxy_bind_internal_lb_vip_address": .null]).isWanted == false
      )
    }
  }

  @Test func roleVariablesAreLookedAtToo() {
    let message = { Samples.message(Samples.web(), $0) }
    #expect(message(["haproxy_interval": "soon"]).hasPrefix("role_variables.haproxy_interval is "))
    #expect(message(["haproxy_rise": 0]).hasPrefix("role_variables.haproxy_rise is "))
    #expect(message(["hostname": "a/b"]).hasPrefix("role_variables.hostname is "))
    #expect(
      message(["ansible_managed": "a\nb"]).hasPrefix(
        "role_variables.ansible_managed has a line break"))
    #expect(
      message(["haproxy_ssl_cert_path": "/a b"]).hasPrefix(
        "role_variables.haproxy_ssl_cert_path is "))
    #expect(
      message(["node_addresses": ["n": "x y"]]).hasPrefix("role_variables.node_addresses.n is "))
    #expect(
      message(["haproxy_vip_binds": [["interface": "eth0"]]])
        == "role_variables.haproxy_vip_binds[0].address is missing")
    #expect(
      message(["haproxy_vip_binds": [["address": "10.0.0.1", "interface": "an interface"]]])
        .hasPrefix("role_variables.haproxy_vip_binds[0].interface is "))
    #expect(
      message(["haproxy_stick": []]).contains("\"role_variables.haproxy_stick\" is not known"))
  }
}
