namespace ClosedLoop.Silo.Doctor.Dns;

/// <summary>What a name server said.</summary>
/// <param name="Code">Response code (RFC 1035 section 4.1.1): 0 no error, 3 no such name.</param>
/// <param name="Values">Addresses, names in lower case without the dot at the end, or texts with their strings joined; for MX the host. In the order of the answer.</param>
internal sealed record DnsAnswer(int Code, IReadOnlyList<string> Values)
{
    public const int NoSuchName = 3;

    public bool IsError => Code is not (0 or NoSuchName);
}
