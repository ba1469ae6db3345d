internal import ByteText

extension Service {
  /// Health checks of which only the last one is done, and rules of a check that is not done.
  var overriddenChecks: [Finding] {
    if isFrontendOnly { return [] }
    var findings: [Finding] = []
    var checks = backendOptions.map(firstWord).filter { Service.checks.contains($0) }
    let addsCheck = series.addsHTTPCheckOption && !httpChecks.isEmpty
    if addsCheck { checks.append("httpchk") }
    let last = checks.last
    if let last {
      checks.removeLast()
      for check in checks where check != last {
        findings.append(
          Finding(
            key: "haproxy_backend_options",
            message: "the check \(check) is not done, since \(last) comes after it"))
      }
      if addsCheck, checks.contains("httpchk") {
        findings.append(
          Finding(
            key: "haproxy_backend_options",
            message: "the role of this series writes option httpchk once more after yours, without"
              + " its method and path; say them in haproxy_backend_httpcheck_options"))
      }
    }
    if !httpChecks.isEmpty && (last ?? "") != "httpchk" {
      findings.append(
        Finding(
          key: "haproxy_backend_httpcheck_options",
          message: "they are ignored, since the check is not httpchk; add httpchk to"
            + " haproxy_backend_options"))
    }
    return findings
  }

  /// Options that each choose what a health check does.
  static let checks = [
    "external-check", "httpchk", "ldap-check", "mysql-check", "pgsql-check", "redis-check",
    "smtpchk", "spop-check", "ssl-hello-chk", "tcp-check",
  ]
}
