using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ClosedLoop.Delivery.Channels.Http;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>TLS before the first unit: there is no STARTTLS in SMPP.</summary>
internal static class SmppSecurity
{
    /// <exception cref="InvalidDataException">The file with authorities cannot be read.</exception>
    /// <exception cref="AuthenticationException">The certificate is refused, for a reason that the message gives, or the other side does not speak TLS.</exception>
    public static async Task<Stream> SecureAsync(Stream stream, SmppSettings settings, CancellationToken cancellation)
    {
        var roots = Authorities.Read(settings.CertificateFile);
        string? refused = null;
        var secured = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = settings.Host,
                CertificateChainPolicy = roots is null ? null : Authorities.Trust(roots),

                // Decides nothing of its own: what .NET calls an error is one. Only here it can be told which.
                RemoteCertificateValidationCallback = (_, _, chain, errors) => (refused = Fault(settings.Host, chain, errors)) is null,
            }, cancellation).ConfigureAwait(false);
            return secured;
        }
        catch (AuthenticationException e) when (refused is not null)
        {
            await secured.DisposeAsync().ConfigureAwait(false);
            throw new AuthenticationException(refused, e);
        }
    }

    private static string? Fault(string host, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return null;
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) return "CL4260 the message centre shows no certificate";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return $"CL4260 the certificate of the message centre is not for '{host}'";
        var why = string.Join(", ", chain?.ChainStatus.Select(status => status.Status).Distinct() ?? []);
        return $"CL4260 the certificate of the message centre is not trusted: {why}; a private authority stands in certificateFile";
    }
}
