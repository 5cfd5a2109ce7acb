namespace EdgeGateway.Module.Methods.Logs;

/// <summary>A line of the log as it was written, with line breaks where it shows an exception.</summary>
/// <param name="At">When.</param>
/// <param name="Severity">0 fatal, 3 error, 4 warning, 6 information, 7 debug (RFC 5424).</param>
/// <param name="Text">The line, without the break at its end.</param>
internal sealed record LogLine(DateTimeOffset At, int Severity, string Text);
