using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Firmware.DeviceUpdate.Twins;

/// <summary>Reads a <see cref="DeviceUpdateTwin"/>: unexpected input yields errors, not exceptions.</summary>
internal static class TwinReader
{
    private const string Root = "deviceUpdate";

    public static DeviceUpdateTwin Read(JsonObject desired, long? version, JsonObject? reported)
    {
        var errors = new List<FieldError>();
        return new DeviceUpdateTwin
        {
            Service = Guarded(() => ReadService(Component(desired), errors), errors),
            Errors = errors,
            Version = version,
            Reported = reported is null
                ? null
                : Guarded(() => ReadAgent(Component(reported)), []) ?? new ReportedAgent(null, null, null, null),
        };
    }

    /// <summary>Doubled names, and texts or names that are no Unicode, show only while they are read.</summary>
    private static T? Guarded<T>(Func<T?> read, List<FieldError> errors)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ArgumentException or JsonException or InvalidOperationException)
        {
            errors.Add(new FieldError(Root, $"unreadable ({e.Message})", "a JSON object without doubled names"));
            return null;
        }
    }

    private static JsonElement? Component(JsonObject section) =>
        section[Root] is { } node ? JsonSerializer.SerializeToElement(node) : null;

    private static DesiredService? ReadService(JsonElement? component, List<FieldError> errors)
    {
        if (component is null || FieldReader.Object(component.Value, Root, errors) is not { } fields)
        {
            return null;
        }

        if (fields.Optional("service") is not { } element || FieldReader.Object(element, $"{Root}.service", errors) is not { } service)
        {
            return null;
        }

        return ReadWorkflow(service, errors) is { } workflow ? ReadDetails(service, workflow) : null;
    }

    private static WorkflowOrder? ReadWorkflow(FieldReader service, List<FieldError> errors)
    {
        if (service.Optional("workflow") is not { } element)
        {
            errors.Add(new FieldError($"{service.Path}.workflow", "missing", "an object with action and id"));
            return null;
        }

        if (FieldReader.Object(element, $"{service.Path}.workflow", errors) is not { } workflow)
        {
            return null;
        }

        var before = errors.Count;
        var action = workflow.Integer("action", 0, long.MaxValue);
        if (action is not (null or (int)WorkflowAction.ProcessDeployment or (int)WorkflowAction.Cancel))
        {
            workflow.Add("action", "3 (process the deployment) or 255 (cancel)");
        }

        var id = workflow.Text("id", required: true);
        var retry = workflow.Text("retryTimestamp", required: false);
        return errors.Count == before ? new WorkflowOrder((WorkflowAction)action!.Value, id!, retry) : null;
    }

    private static DesiredService ReadDetails(FieldReader service, WorkflowOrder workflow)
    {
        var errors = new List<FieldError>();
        var details = service.Into(errors);
        var urls = new Dictionary<string, string>(StringComparer.Ordinal);
        if (details.Optional("fileUrls") is { } element && FieldReader.Object(element, $"{details.Path}.fileUrls", errors) is { } map)
        {
            foreach (var name in map.Names)
            {
                if (map.Text(name, required: false) is { } url)
                {
                    urls[name] = url;
                }
            }
        }

        return new DesiredService
        {
            Workflow = workflow,
            UpdateManifest = details.Text("updateManifest", required: workflow.Action == WorkflowAction.ProcessDeployment),
            UpdateManifestSignature = details.Text("updateManifestSignature", required: false),
            FileUrls = urls,
            RootKeyPackageUrl = details.Text("rootKeyPackageUrl", required: false),
            Errors = errors,
        };
    }

    private static ReportedAgent? ReadAgent(JsonElement? component)
    {
        var ignored = new List<FieldError>();
        if (component is null || FieldReader.Object(component.Value, Root, ignored)?.Optional("agent") is not { } element
            || FieldReader.Object(element, $"{Root}.agent", ignored) is not { } agent)
        {
            return null;
        }

        var workflow = agent.Optional("workflow") is { } w ? FieldReader.Object(w, $"{agent.Path}.workflow", ignored) : null;
        return new ReportedAgent(
            (int?)agent.OptionalInteger("state", 0, int.MaxValue),
            workflow?.Text("id", required: false),
            workflow?.Text("retryTimestamp", required: false),
            agent.Text("installedUpdateId", required: false));
    }
}
