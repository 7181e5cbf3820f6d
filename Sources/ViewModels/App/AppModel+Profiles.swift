internal import ClinicalMessages
internal import SafeText
internal import TransferEngine

extension AppModel {
  func openProfiles() {
    let profiles = dependencies.profiles
    profileWindow.replace(count: profiles.count, cursor: profiles.firstIndex { $0.name == service.profile.name } ?? 0)
    push(.profiles)
  }

  func takeProfile() {
    guard openingProfile == nil, dependencies.profiles.indices.contains(profileWindow.cursor) else { return }
    let name = dependencies.profiles[profileWindow.cursor].name
    if name == service.profile.name { return pop() }
    if let known = sessions[name] { return change(to: known) }
    openingProfile = name
    let open = dependencies.openProfile
    work.start { [weak self] in
      let result: Result<any TransferService, ProfileError>
      do throws(ProfileError) { result = .success(try await open(name)) } catch { result = .failure(error) }
      guard let self else { return }
      self.openingProfile = nil
      switch result {
      case .success(let service):
        let leftovers = Words.Transfers.leftovers(await service.leftovers())
        let opened = Session(service: service, clock: self.clock, memory: self.dependencies.memory)
        self.sessions[name] = opened
        // Somebody who has left the list meanwhile has decided otherwise; a profile never changes behind their back.
        if self.screen == .profiles {
          self.change(to: opened)
          let said = [self.notice?.text, leftovers?.text].compactMap(\.self)
          if leftovers != nil { self.notice = Notice(.warning, said.joined(separator: " ")) }
        }
      case .failure(let error): self.tell(.error, Words.App.profileUnusable(DisplayText(escaping: name), error.reason))
      }
    }
  }

  /// Nothing of the other profile's patients and messages stays.
  private func change(to other: Session) {
    stopReading()
    session = other
    healthWatch?.cancel()
    tellHealth(of: other.service)
    lastKind = other.remembered.kind ?? .fhir
    patients = PatientModel(service: other.service, work: work, isMasked: dependencies.maskedLists.applies(to: other.service.profile))
    session.transfers.isMasked = patients.isMasked
    (patient, message, previewPane, reviewPane, inspection, dialog, replacing) = (nil, nil, nil, nil, .none, nil, nil)
    // Who looked for a transfer goes on looking.
    if screens.dropLast().last == .transfers {
      screens = [.browse]
      showTransfers()
    } else {
      screens = [.browse]
    }
    showPatientOnWorkbench()
    watchEnds()
    resizeCurrentList()
    let profile = other.service.profile
    tell(.warning, Words.App.profileChanged(DisplayText(escaping: profile.name), DisplayText(escaping: profile.environment.rawValue)))
  }

  var profilesState: ProfilesState {
    ProfilesState(
      rows: profileWindow.visible.map { index in
        let profile = dependencies.profiles[index]
        return ProfilesState.Row(
          name: DisplayText(escaping: profile.name), environment: profile.environment, isProduction: profile.isProduction,
          destination: profile.destinationName, isSandbox: profile.isSandbox, isCurrent: profile.name == service.profile.name,
          isUnderCursor: index == profileWindow.cursor)
      }, window: profileWindow, opening: openingProfile.map { DisplayText(escaping: $0) })
  }
}
