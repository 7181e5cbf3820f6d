import Testing
@Test func stubRedoxAPI() {}
