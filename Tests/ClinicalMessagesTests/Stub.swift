import Testing
@Test func stubClinicalMessages() {}
