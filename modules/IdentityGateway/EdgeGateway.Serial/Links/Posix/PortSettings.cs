namespace EdgeGateway.Serial.Links.Posix;

/// <summary>What a serial port is opened with: a copy of the options, which may change later.</summary>
internal sealed record PortSettings(string Path, int BaudRate, Parity Parity, StopBits StopBits, bool HalfDuplex, bool LowLatency);
