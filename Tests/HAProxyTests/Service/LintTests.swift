import HAProxy
import JSON
import Testing

@Suite struct LintTests {
  private static func findings(
    _ changes: JSONObject, _ variables: JSONObject = [:], isInternal: Bool = false,
    series: Series = .since2025, without: [String] = []
  ) throws -> [String] {
    try Samples.read(Samples.web(changes, without: without), variables, series: series)
      .findings(isInternal: isInternal).map { "\($0.key): \($0.message)" }
  }

  @Test func aGoodServiceHasNoFindings() throws {
    #expect(try Self.findings([:]) == [])
    #expect(
      try Self.findings([
        "haproxy_balance_type": "tcp", "interval": "15000", "backend_rise": 2,
        "haproxy_backend_options": ["log-health-checks", "httpchk GET /healthz"],
        "haproxy_backend_httpcheck_options": ["send meth GET uri /healthz"],
        "haproxy_backend_server_options": ["check-ssl", "verify none"], "haproxy_ssl": false,
        "haproxy_ssl_all_vips": false,
      ]) == [])
  }

  @Test func deadKeys() throws {
    #expect(
      try Self.findings([
        "haproxy_interval": 15000, "haproxy_backend_rise": 2, "haproxy_backend_fall": 2,
      ])
        == [
          "haproxy_interval: the role does not read it; the key it reads is interval",
          "haproxy_backend_rise: the role does not read it; the key it reads is backend_rise",
          "haproxy_backend_fall: the role does not read it; the key it reads is backend_fall",
        ])
    // Both spellings side by side are how an override may use either.
    #expect(try Self.findings(["haproxy_interval": 15000, "interval": "15000"]) == [])
    #expect(try Self.findings(["haproxy_interval": 15000, "interval": "9000"]).count == 1)
  }

  @Test func keysWithoutEffect() throws {
    #expect(
      try Self.findings(["haproxy_backend_ca": true])
        == ["haproxy_backend_ca: it has no effect without haproxy_backend_ssl"])
    #expect(
      try Self.findings(["haproxy_ssl_path": "/x.pem", "haproxy_ssl_all_vips": true]).count == 2)
    #expect(
      try Self.findings(["haproxy_frontend_only": true]) == [
        "haproxy_backend_nodes: it has no effect, since haproxy_frontend_only leaves out the backend"
      ])
    #expect(try Self.findings(["haproxy_backend_only": true, "haproxy_bind": ["*"]]).count == 1)
    #expect(
      try Self.findings(["haproxy_ssl": true, "haproxy_balance_type": "tcp"])
        == ["haproxy_ssl: TLS does not end here, since the mode is tcp"])
    #expect(
      try Self.findings(["haproxy_ssl": true, "haproxy_balance_type": "tcp"], series: .caracal2024)
        == [])
    #expect(try Self.findings(["haproxy_redirect_scheme": "https"]).count == 1)
  }

  @Test func anInternalServiceOnTheExternalVIP() throws {
    let words = ", where the outside reaches it; set haproxy_bind to the internal VIP"
    #expect(
      try Self.findings([:], isInternal: true)
        == ["haproxy_bind: the service is internal and listens on 198.51.100.5" + words])
    #expect(try Self.findings(["haproxy_bind": ["172.29.236.9"]], isInternal: true) == [])
    #expect(try Self.findings(["haproxy_bind": ["*"]], isInternal: true).count == 1)
    #expect(
      try Self.findings(
        ["haproxy_bind": [["address": "*", "interface": "br-mgmt"]]], isInternal: true)
        == [])
    #expect(
      try Self.findings(
        ["haproxy_bind": ["203.0.113.7"]], ["extra_lb_vip_addresses": ["203.0.113.7"]],
        isInternal: true
      ).count == 1)
  }

  @Test func checksThatOverrideEachOther() throws {
    #expect(
      try Self.findings(["haproxy_backend_options": ["ssl-hello-chk", "httpchk GET /healthz"]])
        == [
          "haproxy_backend_options: the check ssl-hello-chk is not done, since httpchk comes after it"
        ])
    #expect(
      try Self.findings(["haproxy_backend_httpcheck_options": ["expect status 200"]]).count == 1)
    #expect(
      try Self.findings(
        ["haproxy_backend_httpcheck_options": ["expect status 200"]], series: .dalmatian2024) == [])
    #expect(
      try Self.findings(
        [
          "haproxy_backend_options": ["httpchk GET /x"],
          "haproxy_backend_httpcheck_options": ["expect status 200"],
        ], series: .dalmatian2024
      ).count == 1)
  }

  @Test func linesThatBeginASection() throws {
    #expect(try Self.findings(["haproxy_frontend_raw": ["  backend evil"]]).count == 1)
    #expect(try Self.findings(["haproxy_frontend_raw": ["default_backend x"]]) == [])
  }

  /// The options of Debian's HAProxy one by one, in a backend of either mode: a finding is where
  /// HAProxy itself says that it ignores something, and nowhere else.
  @Test(arguments: ["http", "tcp"])
  func whatIsIgnoredIsWhatHAProxyIgnores(mode: String) throws {
    let options = [
      "abortonclose", "accept-invalid-http-request", "accept-invalid-http-response", "allbackups",
      "checkcache", "clitcpka", "contstats", "dontlog-normal", "dontlognull", "forwardfor",
      "http-buffer-request", "http-ignore-probes", "http-keep-alive", "http-no-delay",
      "http-pretend-keepalive", "http-server-close", "http-use-proxy-header", "httpchk",
      "httpclose", "httplog", "idle-close-on-response", "independent-streams",
      "ldap-check", "log-health-checks", "log-separate-errors", "logasap", "mysql-check",
      "nolinger", "originalto", "persist", "prefer-last-server", "redis-check", "redispatch",
      "smtpchk", "socket-stats", "spop-check", "srvtcpka", "ssl-hello-chk", "tcp-check",
      "tcp-smart-accept", "tcp-smart-connect", "tcpka", "tcplog",
    ]
    for option in options {
      let service = try Samples.read(
        Samples.web([
          "haproxy_balance_type": .string(mode), "haproxy_backend_options": [.string(option)],
          "haproxy_backend_only": true,
        ]))
      let (status, text) = try HAProxyCheck.run(service.fragment)
      #expect(status == 0, "\(option): \(text)")
      // In mode http every backend of the role has forwardfor already.
      #expect(
        text.contains("ignored") == !service.findings(isInternal: false).isEmpty,
        "\(option): \(text)")
    }
    let lines = [
      "cookie A insert", "http-request deny", "http-response del-header A", "redirect location /",
      "stats enable", "http-after-response set-header A b", "tcp-request content accept",
      "http-reuse always", "retries 3", "stick on src",
    ]
    for line in lines {
      let service = try Samples.read(
        Samples.web([
          "haproxy_balance_type": .string(mode), "haproxy_backend_only": true,
          "haproxy_backend_arguments": ["stick-table type ip size 1k", .string(line)],
        ]))
      let (status, text) = try HAProxyCheck.run(service.fragment)
      #expect(status == 0, "\(line): \(text)")
      #expect(
        text.contains("ignored") == !service.findings(isInternal: false).isEmpty, "\(line): \(text)"
      )
    }
    for method in ["uri", "hdr(x)", "url_param a", "source", "first", "leastconn", "static-rr"] {
      let service = try Samples.read(
        Samples.web([
          "haproxy_balance_type": .string(mode), "haproxy_balance_alg": .string(method),
          "haproxy_backend_only": true,
        ]))
      let (_, text) = try HAProxyCheck.run(service.fragment)
      #expect(
        text.contains("Falling back") == !service.findings(isInternal: false).isEmpty, "\(method)")
    }
  }
}
