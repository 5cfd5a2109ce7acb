using System.ComponentModel.DataAnnotations;

namespace EdgeGateway.Module.Settings;

/// <summary>One microcontroller of a line. Settings section <c>Lines:N:Mcus:N</c>.</summary>
public sealed class McuSettings
{
    /// <summary>Highest address of a microcontroller on a bus (wire-protocol.md 2).</summary>
    public const int MaxAddress = 247;

    /// <summary>Id of its device at IoT Hub.</summary>
    /// <value>Required: 1 to 128 ASCII letters, digits or <c>-.%_*?!(),:=@$'</c>; unique over all lines.</value>
    [Required]
    public string Id { get; set; } = "";

    /// <summary>Its address on the line; 0 is whoever is there, for a line that holds one microcontroller.</summary>
    /// <value>0 to 247; default 0. On a line of several: 1 to 247, each once.</value>
    [Range(0, MaxAddress)]
    public int Address { get; set; }

    /// <summary><see cref="Id"/> as the other rooms know it.</summary>
    internal McuId McuId => new(Id);
}
