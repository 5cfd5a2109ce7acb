using EdgeGateway.Content.Files;

namespace EdgeGateway.Content.Downloads;

/// <summary>What came of asking for content.</summary>
/// <param name="File">It is open, and held once more for who asked; else null.</param>
/// <param name="Flight">The flight that brings it, where it is not open.</param>
/// <param name="Joined">Whether the flight was joined; else its end is to be awaited and to be asked again.</param>
/// <param name="Mine">Whether it was started for who asked.</param>
internal readonly record struct Boarding(VerifiedFile? File, Flight? Flight, bool Joined, bool Mine);
