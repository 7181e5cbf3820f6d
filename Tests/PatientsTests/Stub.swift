import Testing
@Test func stubPatients() {}
