namespace EdgeGateway.Simulators.Mcu.Lines;

/// <summary>A stretch of time in which what leaves a sender does not arrive as it was.</summary>
/// <param name="When">The stretch; a byte is hit if any bit of it lies inside.</param>
/// <param name="Lost">True: the bytes vanish. False: they arrive as garbage.</param>
internal readonly record struct Disturbance(Occupancy When, bool Lost);
