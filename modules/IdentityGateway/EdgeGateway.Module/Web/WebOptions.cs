using System.ComponentModel.DataAnnotations;
using System.Net;

namespace EdgeGateway.Module.Web;

/// <summary>The endpoint of metrics and health. Settings section <c>Web</c>.</summary>
public sealed class WebOptions : IValidatableObject
{
    /// <summary>Answers <c>/metrics</c>, <c>/healthz</c> and <c>/readyz</c>.</summary>
    /// <value>Default true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Address to listen on, plain HTTP. Publish the port of the container where others shall see it.</summary>
    /// <value>An IP address; default 0.0.0.0: all of the container.</value>
    [Required]
    public string Address { get; set; } = "0.0.0.0";

    /// <summary>Port to listen on. 0 takes a free one, which the log names.</summary>
    /// <value>0 to 65535; default 9600, as the modules of the IoT Edge runtime.</value>
    [Range(0, 65535)]
    public int Port { get; set; } = 9600;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            yield return new ValidationResult("it is no IP address, such as 0.0.0.0", [nameof(Address)]);
        }
    }
}
