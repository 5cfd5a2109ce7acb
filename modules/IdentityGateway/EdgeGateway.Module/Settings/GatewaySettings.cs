using EdgeGateway.Content;
using EdgeGateway.Content.Sources.Parents;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Serving;
using EdgeGateway.Module.Web;

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

    /// <summary>Behaviour of the module as a whole.</summary>
    public ModuleOptions Module { get; set; } = new();
}
