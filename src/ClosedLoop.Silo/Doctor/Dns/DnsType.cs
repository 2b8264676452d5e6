namespace ClosedLoop.Silo.Doctor.Dns;

/// <summary>Kinds of records that are asked for (RFC 1035 section 3.2.2, RFC 3596).</summary>
internal enum DnsType
{
    A = 1,
    Cname = 5,
    Ptr = 12,
    Mx = 15,
    Txt = 16,
    Aaaa = 28,
}
