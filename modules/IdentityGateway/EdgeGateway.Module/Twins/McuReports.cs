using System.Globalization;
using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Methods.Mcus;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Module.Twins;

/// <summary>Turns what the workflow of one microcontroller says into reported properties of its twin.</summary>
/// <remarks>Thread-safe. Outlives a workflow that crashed and the one that takes its place.</remarks>
internal sealed class McuReports(IDeviceConnection connection, string line, TimeProvider time) : IWorkflowObserver
{
    private readonly Lock _lock = new();
    private McuStatus? _status;
    private DateTimeOffset? _errorAt;
    private DateTimeOffset? _linkSince;
    private JsonObject? _errorAtHub;
    private long? _acknowledged;
    private bool _paused;
    private McuOperation? _operation;

    /// <summary>How things stand; null until the workflow said so.</summary>
    public McuStatus? Status
    {
        get
        {
            lock (_lock)
            {
                return _status;
            }
        }
    }

    /// <summary>The component <c>gateway</c> as it stands now; null until the workflow said something.</summary>
    public JsonObject? Component
    {
        get
        {
            lock (_lock)
            {
                return _status is null ? null : ToComponent(_status);
            }
        }
    }

    public void OnStatus(McuStatus status)
    {
        lock (_lock)
        {
            if (status.LastError != _status?.LastError || status.LastErrorText != _status?.LastErrorText)
            {
                _errorAt = status.LastError == FailureReason.None ? null : time.GetUtcNow();
            }

            if (_status is null || status.Link != _status.Link)
            {
                _linkSince = time.GetUtcNow();
            }

            _status = status;
            Show();
        }
    }

    /// <summary>Reports the end of an update as a milestone; reports of progress are coalesced.</summary>
    public void OnAgentReport(McuId id, AgentReport report)
    {
        if (report.State == AgentState.DeploymentInProgress)
        {
            Report(report.ToPatch());
        }
        else
        {
            var end = report.ToPatch();
            Report(end, new ReportMilestone(end, KeyOf(report)));
        }
    }

    public void OnAcknowledged(McuId id, ServiceAcknowledgement acknowledgement)
    {
        lock (_lock)
        {
            if (acknowledgement.Version is { } version && version == _acknowledged)
            {
                return;
            }

            _acknowledged = acknowledgement.Version;
        }

        Report(acknowledgement.ToPatch());
    }

    public void OnFacts(McuId id, McuFacts facts)
    {
        Report(DeviceDescription.AgentPatch(facts));
        foreach (var (component, state) in DeviceDescription.InformationPatch(facts))
        {
            connection.Set(component, (JsonObject)state!);
        }
    }

    /// <summary>The twin as the hub has it: what was acknowledged already, and since when the last error is known there.</summary>
    public void OnTwin(JsonObject reported)
    {
        lock (_lock)
        {
            var known = (reported["deviceUpdate"] as JsonObject)?["service"] as JsonObject;
            _acknowledged = known?["av"] is JsonValue value && value.TryGetValue<long>(out var version) ? version : null;
            _errorAtHub = (reported[GatewayComponent.Name] as JsonObject)?["lastError"] as JsonObject;
            Show();
        }
    }

    /// <summary>New orders wait, or do no longer.</summary>
    public void OnPaused(bool paused)
    {
        lock (_lock)
        {
            _paused = paused;
            Show();
        }
    }

    /// <summary>An order of a direct method began or ended.</summary>
    public void OnOperation(McuOperation operation)
    {
        lock (_lock)
        {
            _operation = operation;
            Show();
        }
    }

    /// <summary>The gateway's own work for the microcontroller crashed and begins again later.</summary>
    public void OnCrash(McuId id, string message, DateTimeOffset restartAt)
    {
        OnStatus((Status ?? new McuStatus { Id = id }) with
        {
            Phase = UpdatePhase.WaitingToRetry,
            BytesPerSecond = null,
            Remaining = null,
            LastError = FailureReason.Internal,
            LastErrorText = message,
            NextRetryAt = restartAt,
        });
    }

    /// <summary>The same end has the same key after a restart; one that is repeated because the hub lost it has none.</summary>
    private static string? KeyOf(AgentReport report) => report.EndedAt is { } at
        ? $"{report.Workflow.Id} {report.Workflow.RetryTimestamp} {at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)}"
        : null;

    /// <summary>Reports a patch, unless the gateway stops: then the journal has it, and the next start reports it.</summary>
    private void Report(JsonObject patch, ReportMilestone? milestone = null)
    {
        try
        {
            connection.Report(patch, milestone);
        }
        catch (ObjectDisposedException)
        {
            // the connection was closed meanwhile
        }
    }

    private void Show()
    {
        if (_status is not null)
        {
            connection.Set(GatewayComponent.Name, ToComponent(_status));
        }
    }

    private JsonObject ToComponent(McuStatus status) =>
        GatewayComponent.From(status, line, ErrorTime(status), _linkSince, _paused, _operation);

    /// <summary>The error that a killed gateway reported before is not younger for being read from the journal.</summary>
    private DateTimeOffset? ErrorTime(McuStatus status)
    {
        var same = _errorAtHub is not null && Same("reason", status.LastError.ToString())
            && Same("message", status.LastErrorText is null ? null : TwinText.Limit(status.LastErrorText));
        if (same && _errorAtHub?["at"] is JsonValue at && at.TryGetValue<string>(out var text)
            && TwinTime.Read(text) is { } known && known < _errorAt)
        {
            _errorAt = known;
        }

        return _errorAt;
    }

    private bool Same(string property, string? expected) =>
        (_errorAtHub?[property] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null) == expected;
}
