import TestSupport
import Testing

@testable import AnsibleContent

/// Names are found where Jinja's own compiler finds them.
@Suite(.blocking) struct JinjaNamesTests {
  static let templates = [
    "", "no braces { here }", "{{ a }}", "{{a}}-{{- b -}}", "{{ a.b.c['d'].e[f] }}", "{{ a.0.b }}",
    "{{ a | default(b) | c.d.map(attribute='e', f=g) | list }}",
    "{{ 'it\\'s a' ~ \"b }} c\" ~ d }}",
    "{{ {'a': b, 'c': {'d': e}} }} {{ f }}", "{{ x | combine({'a': {'b': y}}) ~ z }}",
    "{{ a is defined }}{{ b is not defined }}{{ c is d.e.version(f, '<') }}{{ g is divisibleby h }}",
    "{{ a in b and c not in d or not e }}", "{{ a if b is defined else c }}",
    "{{ a == b != c <= d >= e }}",
    "{{ a[1:b] }}{{ c[-1] }}{{ 1.5 * d ** 2 // e % 3 }}{{ 10e3 }}",
    "{{ lookup('file', a) }}{{ range(b) | list }}{{ c.items() }}{{ dict(d=e) }}",
    "{{ true and True or none or None or false or False }}",
    "{% for item in items if item.on %}{{ item.name }}{{ loop.index }}{% else %}{{ empty }}{% endfor %}",
    "{% for key, value in mapping.items() %}{{ key }}={{ value }}{% endfor %}",
    "{% for (a, b) in pairs | sort(reverse=up) %}{{ a }}{{ b }}{% endfor %}",
    "{% for x in xs %}{% for y in x.ys %}{{ y }}{{ z }}{% endfor %}{% endfor %}",
    "{% set a = b %}{{ a }}{% set c, d = e %}{{ c ~ d }}", "{% set a %}{{ b }}{% endset %}{{ a }}",
    "{% set a | upper %}{{ b }}{% endset %}{{ a }}", "{%- set  a=1 -%}{{ a }}{{ b == a }}",
    "{% if a %}{{ b }}{% elif not c %}{{ d }}{% else %}{{ e }}{% endif %}",
    "{%+ if (a) %}b{% endif +%}",
    "{# {{ a }} it's #}{{ b }} it's {{ c }}", "{# don't #}\n{% if a %}\n# won't\n{% endif %}",
    "{% raw %}{{ a }}{% b %}'{% endraw %}{{ c }}", "{%- raw -%}{{ a }} {%- endraw -%}{{ b }}",
    "{{ a }} }} {{ b }}", "{ {{ a }} }", "${ {{ a }} }",
    "{{ ansible_facts['os_family'] | lower }}-{{ hostvars[item]['ansible_host'] }}",
    "{% for host in groups['all'] %}\nserver {{ hostvars[host].ip | default(omit) }}:{{ port }};\n{% endfor %}",
    "{{ (a | b) ~ (c or (d)) }}{{ [e, (f, g)] }}{{ _h1 }}{{ naïve }}",
    "{{ a\n  | map('extract', b, 'c')\n  | first\n}}",
    "{{ a is string and b is mapping or c is sequence }}",
    "{{ not_a }}{{ is_b }}{{ in_c }}{{ format }}{{ set }}{{ d.if_ }}",
  ]

  /// What Jinja's own compiler finds, but for functions and `omit`, which nobody declares.
  private static let compiler = #"""
    import json, sys
    from jinja2 import Environment, meta

    class Everything(dict):
        def get(self, name):
            return str

    environment = Environment()
    environment.filters = environment.tests = Everything()
    functions = {"lookup", "range", "dict", "omit"}

    def names(text):
        return sorted(meta.find_undeclared_variables(environment.parse(text)) - functions)

    print(json.dumps([names(text) for text in json.load(sys.stdin)]))
    """#

  @Test func namesAreThoseThatJinjaFinds() throws {
    var random = RandomExpression(seed: 7)
    let texts = Self.templates + (0..<300).map { Template(random.any($0 % 6).expression).text }
    let expected: [[String]] = try AnsiblePython.newest.run(Self.compiler, with: texts)
    try #require(expected.count == texts.count)
    for (text, names) in zip(texts, expected) {
      #expect(JinjaNames.inTemplate(text).sorted() == names, "\(text)")
    }
  }

  @Test func aConditionIsReadWithoutBraces() {
    #expect(JinjaNames.inExpression("a is not defined and b['c'] | int > d(e)") == ["a", "b", "e"])
    #expect(JinjaNames.inExpression("'unclosed a") == [])
    #expect(JinjaNames.inExpression("") == [])
  }

  @Test func brokenTemplatesAreReadToTheirEnd() {
    #expect(JinjaNames.inTemplate("{{ a") == ["a"])
    #expect(JinjaNames.inTemplate("{{ a {% b") == ["a", "b"])
    #expect(JinjaNames.inTemplate("{") == [])
    #expect(JinjaNames.inTemplate("{# a") == [])
  }

  @Test func keysOfMappingsAreReadToo() {
    let a = Variable.registered("a")
    let value = Value.mapping([
      .init("x-\(Template(a.expression).text)", ["\(Variable.registered("b"))"])
    ])
    #expect(value.names == ["a", "b"])
  }
}
