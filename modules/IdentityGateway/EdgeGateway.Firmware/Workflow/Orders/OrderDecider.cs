using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow.Journal;

namespace EdgeGateway.Firmware.Workflow.Orders;

/// <summary>Decides what a twin means, before anything is reported about it (contract 1.7).</summary>
internal static class OrderDecider
{
    public static OrderDecision Decide(JournalState state, DeviceUpdateTwin twin)
    {
        if (twin.Service is not { Workflow: var order })
        {
            return new OrderDecision(twin.Errors.Count > 0 ? OrderKind.Reject : OrderKind.Ignore);
        }

        if (order.Action == WorkflowAction.Cancel)
        {
            // "nodeployment" is also sent minutes before a deployment begins: idle, it must be a silent no-op
            return new OrderDecision(state.Active is null ? OrderKind.Ignore : OrderKind.Cancel);
        }

        if (state.Active is { } active && active.Service.Workflow.Id == order.Id)
        {
            return new OrderDecision(IsRetry(active.Service.Workflow, order) ? OrderKind.Start : OrderKind.Ignore);
        }

        return state.Finished.FirstOrDefault(f => f.Order.Id == order.Id) is { } finished && !IsRetry(finished.Order, order)
            ? new OrderDecision(OrderKind.Duplicate, finished)
            : new OrderDecision(OrderKind.Start);
    }

    /// <summary>A retry has a token, and not the one known. The tokens are opaque.</summary>
    private static bool IsRetry(WorkflowOrder known, WorkflowOrder order) =>
        order.RetryTimestamp is { } token && !string.Equals(token, known.RetryTimestamp, StringComparison.Ordinal);
}

/// <summary>What is to be done about a twin.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Finished">The update it names, where that has ended already.</param>
internal sealed record OrderDecision(OrderKind Kind, FinishedUpdate? Finished = null);

/// <summary>What a twin means for the update under way.</summary>
internal enum OrderKind
{
    /// <summary>Nothing new.</summary>
    Ignore,

    /// <summary>Known and finished; nothing is done, and nothing is said unless the report got lost.</summary>
    Duplicate,

    /// <summary>A deployment to begin; what is under way, if anything, is ended first.</summary>
    Start,

    /// <summary>What is under way is to stop.</summary>
    Cancel,

    /// <summary>There is a deployment, but not even its id and action can be read.</summary>
    Reject,
}
