using EdgeGateway.Content;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Settings;

/// <summary>Takes folders that are named relatively from the data folder, the one folder that an operator has to bind.</summary>
internal sealed class FolderSetup(IOptions<ModuleOptions> module)
    : IPostConfigureOptions<ContentOptions>, IPostConfigureOptions<FirmwareOptions>, IPostConfigureOptions<HubOptions>
{
    /// <summary>Folder in the data folder where <see cref="HubOptions.OutboxFolder"/> is not set.</summary>
    public const string Outbox = "outbox";

    public void PostConfigure(string? name, ContentOptions options) => options.Folder = Absolute(options.Folder);

    public void PostConfigure(string? name, FirmwareOptions options) => options.JournalFolder = Absolute(options.JournalFolder);

    public void PostConfigure(string? name, HubOptions options) =>
        options.OutboxFolder = Absolute(string.IsNullOrWhiteSpace(options.OutboxFolder) ? Outbox : options.OutboxFolder);

    private string Absolute(string folder) => Path.GetFullPath(Path.Combine(module.Value.DataFolder, folder));
}
