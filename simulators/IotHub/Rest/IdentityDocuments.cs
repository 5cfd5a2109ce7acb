using System.Globalization;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Rest;

/// <summary>Formats and reads the JSON documents of devices, modules and twins of the service API.</summary>
internal sealed class IdentityDocuments(HubState hub)
{
    /// <summary>Formats a device or module of the registry.</summary>
    public JsonObject Registration(HubIdentity identity)
    {
        var record = identity.Record;
        var document = new JsonObject { ["deviceId"] = identity.Name.DeviceId };
        if (identity.Name.ModuleId is not null)
        {
            document["moduleId"] = identity.Name.ModuleId;
            document["managedBy"] = null;
        }

        document["generationId"] = record.GenerationId;
        document["etag"] = record.ETag;
        document["connectionState"] = ConnectionState(identity);
        document["connectionStateUpdatedTime"] = Text(identity.LastActivity);
        document["lastActivityTime"] = Text(identity.LastActivity);
        document["cloudToDeviceMessageCount"] = identity.CloudToDeviceMessages.Count;
        document["authentication"] = new JsonObject
        {
            ["symmetricKey"] = new JsonObject { ["primaryKey"] = record.PrimaryKey, ["secondaryKey"] = record.SecondaryKey },
            ["x509Thumbprint"] = NoThumbprints(),
            ["type"] = "sas",
        };
        if (identity.Name.ModuleId is null)
        {
            document["status"] = Status(record);
            document["statusReason"] = record.StatusReason;
            document["statusUpdatedTime"] = Text(record.StatusUpdatedAt);
            document["capabilities"] = new JsonObject { ["iotEdge"] = record.IotEdge };
            document["deviceScope"] = record.DeviceScope;
            document["parentScopes"] = record.ParentScope is null ? new JsonArray() : new JsonArray(record.ParentScope);
        }

        return document;
    }

    /// <summary>Formats a twin.</summary>
    public JsonObject Twin(HubIdentity identity)
    {
        var record = identity.Record;
        var document = new JsonObject { ["deviceId"] = identity.Name.DeviceId };
        if (identity.Name.ModuleId is not null)
        {
            document["moduleId"] = identity.Name.ModuleId;
        }

        var twin = identity.Twin.ForService();
        document["etag"] = twin["etag"]!.DeepClone();
        document["deviceEtag"] = record.ETag;
        document["status"] = Status(record);
        document["statusReason"] = record.StatusReason;
        document["statusUpdateTime"] = Text(record.StatusUpdatedAt);
        document["connectionState"] = ConnectionState(identity);
        document["lastActivityTime"] = Text(identity.LastActivity);
        document["cloudToDeviceMessageCount"] = identity.CloudToDeviceMessages.Count;
        document["authenticationType"] = "sas";
        document["x509Thumbprint"] = NoThumbprints();
        document["modelId"] = identity.ModelId;
        document["version"] = twin["version"]!.DeepClone();
        document["tags"] = twin["tags"]!.DeepClone();
        document["properties"] = twin["properties"]!.DeepClone();
        document["capabilities"] = new JsonObject { ["iotEdge"] = record.IotEdge };
        if (identity.Name.ModuleId is null)
        {
            document["deviceScope"] = record.DeviceScope;
            document["parentScopes"] = record.ParentScope is null ? new JsonArray() : new JsonArray(record.ParentScope);
        }

        return document;
    }

    /// <summary>Reads a document that creates or updates an identity.</summary>
    /// <exception cref="HubRequestException">The simulator does not support a value, or a field has the wrong kind: 400.</exception>
    public static IdentityChange Change(JsonObject document, IdentityName name)
    {
        Check(document.Text("deviceId"), name.DeviceId, "deviceId");
        Check(document.Text("moduleId"), name.ModuleId, "moduleId");
        var authentication = document.Object("authentication");
        var type = authentication.Text("type");
        if (type is not null and not "sas")
        {
            throw new HubRequestException(HubError.ArgumentInvalid, $"authentication type '{type}' is not supported by the simulator, only 'sas'");
        }

        var status = document.Text("status");
        if (status is not null and not ("enabled" or "disabled"))
        {
            throw new HubRequestException(HubError.ArgumentInvalid, $"status is '{status}', it must be 'enabled' or 'disabled'");
        }

        var keys = authentication.Object("symmetricKey");
        var capability = document.Object("capabilities")?["iotEdge"];
        return new IdentityChange(
            NullIfEmpty(keys.Text("primaryKey")),
            NullIfEmpty(keys.Text("secondaryKey")),
            status is null ? null : status == "enabled",
            document.Text("statusReason"),
            capability?.GetValue<bool>(),
            ParentScope(document, capability?.GetValue<bool>() ?? false));
    }

    // An edge device names its parent in parentScopes and its own scope in deviceScope; a leaf device may name its parent in either.
    private static string? ParentScope(JsonObject document, bool isEdge)
    {
        var parents = document["parentScopes"] switch
        {
            null => null,
            JsonArray { Count: <= 1 } list => list.Count == 0 ? "" : list[0]!.GetValue<string>(),
            _ => throw new HubRequestException(HubError.ArgumentInvalid, "'parentScopes' must be a list of at most one scope"),
        };
        var own = isEdge ? null : document.Text("deviceScope");
        if (!string.IsNullOrEmpty(parents) && !string.IsNullOrEmpty(own) && parents != own)
        {
            throw new HubRequestException(HubError.ArgumentInvalid, "'deviceScope' and 'parentScopes' name different edge devices");
        }

        return string.IsNullOrEmpty(parents) ? own ?? parents : parents;
    }

    private string ConnectionState(HubIdentity identity) => hub.Sessions.IsConnected(identity.Name) ? "Connected" : "Disconnected";

    private static string Status(IdentityRecord record) => record.Enabled ? "enabled" : "disabled";

    private static JsonObject NoThumbprints() => new() { ["primaryThumbprint"] = null, ["secondaryThumbprint"] = null };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static void Check(string? inBody, string? inPath, string field)
    {
        if (inBody is not null && inBody != inPath)
        {
            throw new HubRequestException(HubError.ArgumentInvalid, $"{field} is '{inBody}' in the body and '{inPath}' in the path");
        }
    }
}
