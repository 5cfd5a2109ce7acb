namespace EdgeGateway.Module.Metrics;

/// <summary>Holds metrics that are looked at only when somebody asks; the page asks for all of these, so that they exist.</summary>
internal interface IMetricSource;
