namespace ClosedLoop.Silo.Configuration;

/// <summary>Checks the settings of the operator listener.</summary>
internal static class OperatorCheck
{
    public static IEnumerable<string> Faults(SiloSettings settings)
    {
        var own = settings.Operator;
        if (own.SessionHours is not (>= 0.1 and <= 720)) yield return $"ClosedLoop:Operator:SessionHours is {own.SessionHours}; expected 0.1 to 720.";
        if (Uri.TryCreate(own.Listen, UriKind.Absolute, out var listen) && Uri.TryCreate(settings.Http.Listen, UriKind.Absolute, out var open))
        {
            if (listen.Port == open.Port) yield return $"ClosedLoop:Operator:Listen has the port of ClosedLoop:Http:Listen ({listen.Port}); what readers of mail reach must not reach the dashboard.";
            if (!listen.IsLoopback && listen.Scheme == "http" && !own.BehindTls)
                yield return $"ClosedLoop:Operator:Listen is '{own.Listen}'; passwords would travel in clear text. Listen on 127.0.0.1, or set ClosedLoop:Operator:BehindTls when a proxy with TLS stands in front.";
        }

        var openId = own.OpenId;
        if (openId.Authority is null) yield break;
        if (!Uri.TryCreate(openId.Authority, UriKind.Absolute, out var authority) || (authority.Scheme != "https" && !authority.IsLoopback))
            yield return $"ClosedLoop:Operator:OpenId:Authority is '{openId.Authority}'; expected an https address.";
        if (string.IsNullOrEmpty(openId.ClientId)) yield return "ClosedLoop:Operator:OpenId:ClientId is not set; the issuer knows this service by it.";
        if (openId.ClientSecretFile is { } file && !File.Exists(file)) yield return $"ClosedLoop:Operator:OpenId:ClientSecretFile is '{file}', which does not exist.";
    }
}
