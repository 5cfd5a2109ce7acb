using System.ComponentModel.DataAnnotations;
using EdgeGateway.Content;
using EdgeGateway.Content.Sources.Parents;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Serving;
using EdgeGateway.Module.Web;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Module.Settings;

/// <summary>All settings of the gateway; each property is a section of the settings file. docs/settings.md describes every key.</summary>
public sealed class GatewaySettings
{
    /// <summary>How to reach the hub.</summary>
    public HubOptions Hub { get; set; } = new();

    /// <summary>Where the keys of the microcontrollers are.</summary>
    public IdentityOptions Credentials { get; set; } = new();

    /// <summary>The serial lines and the microcontrollers on them.</summary>
    public List<LineSettings> Lines { get; set; } = [];

    /// <summary>The store of downloaded content.</summary>
    public ContentOptions Content { get; set; } = new();

    /// <summary>The gateways above this one.</summary>
    public ParentOptions Parent { get; set; } = new();

    /// <summary>How updates are carried out.</summary>
    public FirmwareOptions Firmware { get; set; } = new();

    /// <summary>The endpoint of metrics and health.</summary>
    public WebOptions Web { get; set; } = new();

    /// <summary>The endpoint of content, for gateways below.</summary>
    public EndpointOptions Endpoint { get; set; } = new();

    /// <summary>Behavior of the module as a whole.</summary>
    public ModuleOptions Module { get; set; } = new();
}

/// <summary>A line and the microcontrollers on it. Settings section <c>Lines:N</c>.</summary>
public sealed class LineSettings : LineOptions
{
    /// <summary>The microcontrollers of the line; several only where <see cref="LineOptions.HalfDuplex"/> is set.</summary>
    /// <value>Default: none.</value>
    public List<McuSettings> Mcus { get; set; } = [];
}

/// <summary>One microcontroller of a line. Settings section <c>Lines:N:Mcus:N</c>.</summary>
public sealed class McuSettings
{
    /// <summary>Highest address of a microcontroller on a bus (wire-protocol.md 2).</summary>
    public const int MaxAddress = 247;

    /// <summary>Id of its device at IoT Hub.</summary>
    /// <value>Required: 1 to 128 ASCII letters, digits or <c>-.%_*?!(),:=@$'</c>; unique over all lines.</value>
    [Required]
    public string Id { get; set; } = "";

    /// <summary>Its address on the line; 0 reaches the only microcontroller of a line.</summary>
    /// <value>0 to 247; default 0. On a line of several: 1 to 247, each once.</value>
    [Range(0, MaxAddress)]
    public int Address { get; set; }

    /// <summary>Gets <see cref="Id"/> as a value of its own type.</summary>
    internal McuId McuId => new(Id);
}
