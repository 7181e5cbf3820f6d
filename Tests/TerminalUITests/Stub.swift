import Testing
@Test func stubTerminalUI() {}
