namespace EdgeGateway.Module.Metrics;

/// <summary>Types of metrics in the text format of Prometheus.</summary>
internal enum PrometheusType
{
    /// <summary>Only grows, from the start of the process.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts observations below bounds.</summary>
    Histogram,
}
