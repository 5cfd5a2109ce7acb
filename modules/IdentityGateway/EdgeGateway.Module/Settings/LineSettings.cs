using EdgeGateway.Serial.Links;

namespace EdgeGateway.Module.Settings;

/// <summary>A line and the microcontrollers on it. Settings section <c>Lines:N</c>.</summary>
public sealed class LineSettings : LineOptions
{
    /// <summary>The microcontrollers of the line; several only where <see cref="LineOptions.HalfDuplex"/> is set.</summary>
    /// <value>Default: none.</value>
    public List<McuSettings> Mcus { get; set; } = [];
}
