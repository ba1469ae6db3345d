import Testing
import YAML

/// What the emitter's output looks like, one rule a test.
@Suite struct EmitterTests {
  @Test func playbook() throws {
    let play = Node.mapping([
      ("name", .string("Install the control plane")),
      ("hosts", .string("k8s_all").commented("Every host of the control plane.")),
      ("gather_facts", .bool(false)),
      ("vars", .mapping([("retries", .int(5)), ("ratio", .double(0.5)), ("proxy", .null)])),
      (
        "tasks",
        .sequence([
          .mapping([
            (
              "name",
              .string("Create the folder").commented("Read by the proxy alone.\n\nHence the mode.")
            ),
            (
              "ansible.builtin.file",
              .mapping([("mode", .string("0700")), ("path", .string("/etc/x"))])
            ),
          ]),
          .mapping([
            ("name", .string("Run")),
            ("ansible.builtin.shell", .string("set -e\nls | wc -l\n")),
            ("when", .sequence([.string("a is defined"), .string("not b")])),
            ("tags", .sequence([])),
            ("environment", .mapping([])),
          ]).spaced(),
        ]).spaced()
      ),
    ])
    let document = Document(header: "Generated.\nDo not edit.", root: .sequence([play]))
    #expect(
      try Emitter.emit(document) == """
        # Generated.
        # Do not edit.
        ---
        - name: Install the control plane
          # Every host of the control plane.
          hosts: k8s_all
          gather_facts: false
          vars:
            retries: 5
            ratio: 0.5
            proxy: null

          tasks:
            # Read by the proxy alone.
            #
            # Hence the mode.
            - name: Create the folder
              ansible.builtin.file:
                mode: "0700"
                path: /etc/x

            - name: Run
              ansible.builtin.shell: |
                set -e
                ls | wc -l
              when:
                - a is defined
                - not b
              tags: []
              environment: {}

        """)
  }

  @Test(arguments: [
    (Node.string("text"), "---\ntext\n"),
    (.string("a\nb\n"), "---\n|\n  a\n  b\n"),
    (.sequence([]), "---\n[]\n"),
    (.mapping([]).commented("Nothing yet."), "---\n# Nothing yet.\n{}\n"),
    (
      .sequence([.sequence([.int(1).commented("one"), .int(2)]).commented("both"), .null]),
      "---\n# both\n# one\n- - 1\n  - 2\n- null\n"
    ),
  ])
  func roots(_ root: Node, _ text: String) throws {
    #expect(try Emitter.emit(Document(root: root)) == text)
  }

  @Test func longTextIsFolded() throws {
    let root = Node.mapping([
      ("short", .string("{{ groups['k8s_all'] }}")),
      (
        "long",
        .string("{{ groups['k8s_all'] | map('extract', hostvars, 'management_address') | list }}")
      ),
    ])
    #expect(
      try Emitter.emit(Document(root: root), width: 40) == """
        ---
        short: "{{ groups['k8s_all'] }}"
        long: >-
          {{ groups['k8s_all'] | map('extract',
          hostvars, 'management_address') | list
          }}

        """)
  }

  @Test func textThatCannotBeFoldedIsQuotedAndBroken() throws {
    let root = Node.mapping([("key", .string(" a bell \u{7} and a space at the start"))])
    #expect(
      try Emitter.emit(Document(root: root), width: 24) == #"""
        ---
        key: " a bell \a and a
          space at the start"

        """#)
  }

  @Test func wordsLongerThanTheLineStayWhole() throws {
    let address = "https://example.org/a/rather/long/address"
    let root = Node.mapping([
      ("a", .string(address)), ("b", .string("see \(address) for more")),
      ("c", .sequence([.string(address)])), ("d", .string("'\(address)'")),
      ("e", .string(" \(address)")),
    ])
    #expect(
      try Emitter.emit(Document(root: root), width: 20) == """
        ---
        a: >-
          \(address)
        b: >-
          see
          \(address)
          for more
        c:
          - \(address)
        d: >-
          '\(address)'
        e: "
          \(address)"

        """)
  }

  @Test func longCommentsAreBroken() throws {
    let document = Document(
      header: "As long as a line of this width.",
      root: .mapping([("a", .mapping([("b", .int(1).commented("One, two, three, four."))]))]))
    #expect(
      try Emitter.emit(document, width: 20) == """
        # As long as a line
        # of this width.
        ---
        a:
          # One, two, three,
          # four.
          b: 1

        """)
  }

  /// A block that keeps its line breaks has its empty line already, and at the end of a file a mark
  /// that the empty line belongs to it.
  @Test func keptLineBreaks() throws {
    let root = Node.mapping([("a", .string("x\n\n")), ("b", .string("y\n\n\n").spaced())])
    #expect(try Emitter.emit(Document(root: root)) == "---\na: |+\n  x\n\nb: |+\n  y\n\n\n...\n")
  }

  @Test func emptyLinesStandOnlyBetweenEntries() throws {
    let root = Node.mapping([
      ("a", .mapping([("b", .int(1).spaced()), ("c", .int(2).spaced().commented("C."))]).spaced())
    ])
    #expect(try Emitter.emit(Document(root: root)) == "---\na:\n  b: 1\n\n  # C.\n  c: 2\n")
  }

  @Test func tags() throws {
    let vault = Node(.scalar(Scalar("$ANSIBLE_VAULT;1.1\n6162\n", tag: .other("!vault"))))
    let binary = Node(.scalar(Scalar("AAEC", tag: .other("tag:yaml.org,2002:binary"))))
    let root = Node.mapping([("a", vault), ("b", binary)])
    #expect(
      try Emitter.emit(Document(root: root))
        == "---\na: !vault |\n  $ANSIBLE_VAULT;1.1\n  6162\nb: !!binary AAEC\n")
  }
}
