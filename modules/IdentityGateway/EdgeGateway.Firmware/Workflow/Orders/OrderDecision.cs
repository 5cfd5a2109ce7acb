using EdgeGateway.Firmware.Workflow.Journal;

namespace EdgeGateway.Firmware.Workflow.Orders;

/// <summary>What is to be done about a twin.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Finished">The update it names, where that has ended already.</param>
internal sealed record OrderDecision(OrderKind Kind, FinishedUpdate? Finished = null);
