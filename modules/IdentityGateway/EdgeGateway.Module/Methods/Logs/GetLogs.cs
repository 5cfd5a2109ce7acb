using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Module.Methods.Logs;

/// <summary>Returns the last lines of the log in the format of GetModuleLogs of the edge agent, so that tools for it work here too.</summary>
internal sealed class GetLogs(LogRing ring, IModuleIdentitySource identity, TimeProvider time) : DirectMethod<LogRequest>("GetLogs")
{
    private const int MaxItems = 5;
    private const int Overhead = 1024; // bytes of the answer besides the items

    protected override LogRequest Read(MethodArguments arguments)
    {
        var now = time.GetUtcNow();
        var version = arguments.Text("schemaVersion");
        if (version is not (null or "1.0"))
        {
            arguments.Add("schemaVersion", $"is '{version}'; 1.0 is expected");
        }

        return new LogRequest(
            [.. arguments.Sections("items", MaxItems).Select(i => new LogItem(
                LogFilter.Regex(i, "id", required: true), LogFilter.Read(i.Section("filter"), now)))],
            arguments.Choice("encoding", "none", "none", "gzip") == "gzip",
            arguments.Choice("contentType", "text", "text", "json") == "json");
    }

    protected override ValueTask<MethodResponse> RunAsync(LogRequest arguments, CancellationToken cancellationToken)
    {
        var module = identity.Current!;
        var id = module.Identity.ModuleId ?? module.Identity.DeviceId;
        var items = arguments.Items.Where(i => i.Module!.IsMatch(id)).ToList();
        if (items.Count == 0)
        {
            throw new MethodException(
                MethodAnswer.Unknown,
                $"No item names this module, '{id}'; the edge agent has the logs of other modules.",
                new JsonObject { ["field"] = "items", ["known"] = MethodAnswer.Names([id]) });
        }

        var lines = ring.Lines;
        var maxBytes = (MethodAnswer.MaxBytes - Overhead) / items.Count;
        try
        {
            return ValueTask.FromResult(new MethodResponse(MethodAnswer.Done, new JsonArray(
                [.. items.Select(i => LogPayload.Compose(
                    i.Filter.Apply(lines, cancellationToken), arguments, module.Identity, module.HostName, maxBytes))])));
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new MethodException(
                MethodAnswer.BadArgument, $"The regular expression '{e.Pattern}' takes too long.", new JsonObject { ["field"] = "items" });
        }
    }
}
