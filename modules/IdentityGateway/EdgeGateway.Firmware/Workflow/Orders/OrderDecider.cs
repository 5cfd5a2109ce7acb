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
