using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Simulators.IotHub.Hosting;

namespace EdgeGateway.Simulators.IotHub.Security;

/// <summary>Holds the server certificate of the simulator: read from files, or issued by a development authority.</summary>
internal sealed class ServerCertificate : IDisposable
{
    private ServerCertificate(X509Certificate2 certificate, X509Certificate2Collection chain, string caFile)
    {
        Certificate = certificate;
        Chain = chain;
        CaFile = caFile;
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Gets the intermediate certificates, which are sent along.</summary>
    public X509Certificate2Collection Chain { get; }

    /// <summary>Gets the PEM file of the authority that clients have to trust.</summary>
    public string CaFile { get; }

    /// <exception cref="IOException">A file cannot be read, or the folder cannot be written.</exception>
    /// <exception cref="InvalidDataException">A file is no certificate with its key.</exception>
    public static ServerCertificate Create(IotHubSimulatorOptions options, string folder)
    {
        try
        {
            if (options.CertificateFile is { } file)
            {
                var chain = new X509Certificate2Collection();
                chain.ImportFromPemFile(file);
                return new ServerCertificate(
                    X509Certificate2.CreateFromPemFile(file, options.CertificateKeyFile), [.. chain.Skip(1)], Path.GetFullPath(file));
            }

            using var authority = DevelopmentAuthority.LoadOrCreate(folder, options.AuthorityFile);
            string[] names = [options.HostName, "localhost", "127.0.0.1", options.Address.ToString()];
            return new ServerCertificate(authority.IssueServer(names), [], authority.CertificateFile);
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException($"The certificate to listen with cannot be used: {e.Message}", e);
        }
    }

    public void Dispose() => Certificate.Dispose();
}
