using ClosedLoop.Operations.Access;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Checks the settings of the operator listener.</summary>
internal static class OperatorCheck
{
    public static IEnumerable<string> Faults(SiloSettings settings)
    {
        var own = settings.Operator;
        if (own.SessionHours is not (>= 0.1 and <= 720)) yield return $"ClosedLoop:Operator:SessionHours is {own.SessionHours}; expected 0.1 to 720.";
        if (own.BulkLimit is not (>= 1 and <= 100_000)) yield return $"ClosedLoop:Operator:BulkLimit is {own.BulkLimit}; expected 1 to 100000.";
        if (Uri.TryCreate(own.Listen, UriKind.Absolute, out var listen) && Uri.TryCreate(settings.Http.Listen, UriKind.Absolute, out var open))
        {
            if (listen.Port == open.Port) yield return $"ClosedLoop:Operator:Listen has the port of ClosedLoop:Http:Listen ({listen.Port}); what readers of mail reach must not reach the dashboard.";
            if (!listen.IsLoopback && listen.Scheme == "http" && !own.BehindTls && own.Address is null)
                yield return $"ClosedLoop:Operator:Listen is '{own.Listen}'; passwords would travel in clear text. Listen on 127.0.0.1, or set ClosedLoop:Operator:Address to the https address of the proxy in front, or to http://localhost:PORT where a container's port is published on loopback only.";
        }

        if (own.Address is { } front)
        {
            if (!Uri.TryCreate(front, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.PathAndQuery != "/")
                yield return $"ClosedLoop:Operator:Address is '{front}'; expected an address without a path, such as https://dashboard.example.org.";
            else if (address.Scheme == "http" && !address.IsLoopback)
                yield return $"ClosedLoop:Operator:Address is '{front}'; passwords would travel in clear text. Expected https, or http://localhost:PORT.";
            else if (address.Scheme == "http" && own.BehindTls)
                yield return $"ClosedLoop:Operator:Address is '{front}' while ClosedLoop:Operator:BehindTls is on; behind TLS it begins with https.";
        }

        foreach (var fault in FirstAdminFaults(own.FirstAdmin)) yield return fault;

        var openId = own.OpenId;
        if (openId.Authority is null) yield break;
        if (!Uri.TryCreate(openId.Authority, UriKind.Absolute, out var authority) || (authority.Scheme != "https" && !authority.IsLoopback))
            yield return $"ClosedLoop:Operator:OpenId:Authority is '{openId.Authority}'; expected an https address.";
        if (string.IsNullOrEmpty(openId.ClientId)) yield return "ClosedLoop:Operator:OpenId:ClientId is not set; the issuer knows this service by it.";
        if (openId.ClientSecretFile is { } file && !File.Exists(file)) yield return $"ClosedLoop:Operator:OpenId:ClientSecretFile is '{file}', which does not exist.";
        if (openId.Scope.Split(' ').All(word => word != "openid")) yield return $"ClosedLoop:Operator:OpenId:Scope is '{openId.Scope}'; expected words of which one is openid.";
    }

    private static IEnumerable<string> FirstAdminFaults(FirstAdminSettings first)
    {
        if (first.PasswordFile is not { } file) yield break;
        if (string.IsNullOrWhiteSpace(first.Name) || first.Name.Length > 60) yield return "ClosedLoop:Operator:FirstAdmin:Name is empty or too long; expected 1 to 60 characters.";
        if (!File.Exists(file)) yield return $"ClosedLoop:Operator:FirstAdmin:PasswordFile is '{file}', which does not exist.";
        else if (PasswordHash.Fault(File.ReadLines(file).FirstOrDefault() ?? "") is { } fault) yield return $"ClosedLoop:Operator:FirstAdmin:PasswordFile is '{file}', whose first line is no password: {fault}.";
    }
}
