namespace ClosedLoop.Silo.Configuration;

/// <summary>Checks the settings of connectors to Optimove.</summary>
internal static class OptimoveCheck
{
    public static IEnumerable<string> Faults(OptimoveSettings optimove)
    {
        if (optimove.PublicUrl is { } url && (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.AbsolutePath != "/" || (uri.Scheme == "http" && !optimove.AllowInside)))
            yield return $"ClosedLoop:Optimove:PublicUrl is '{url}'; expected a public https address, scheme and host only.";
        if (optimove.BasePath.Length > 0 && (optimove.BasePath[0] != '/' || optimove.BasePath[^1] == '/' || !optimove.BasePath.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_')))
            yield return $"ClosedLoop:Optimove:BasePath is '{optimove.BasePath}'; expected nothing, or a path such as /rest.";
        (string Key, double Value, double Least, double Most)[] spans =
        [
            (nameof(optimove.CoalesceSeconds), optimove.CoalesceSeconds, 0.1, 3600), (nameof(optimove.FlushSeconds), optimove.FlushSeconds, 0.1, 3600),
            (nameof(optimove.FeedSeconds), optimove.FeedSeconds, 0.1, 600), (nameof(optimove.BackoffSeconds), optimove.BackoffSeconds, 0.1, 600),
            (nameof(optimove.RetrySeconds), optimove.RetrySeconds, 0.1, 3600), (nameof(optimove.RequestSeconds), optimove.RequestSeconds, 0.1, 600),
            (nameof(optimove.CallsPerSecond), optimove.CallsPerSecond, 1, 100_000), (nameof(optimove.RetentionDays), optimove.RetentionDays, 1, 400),
        ];
        foreach (var (key, value, least, most) in spans)
        {
            if (!(value >= least && value <= most)) yield return FormattableString.Invariant($"ClosedLoop:Optimove:{key} is {value}; expected {least} to {most}.");
        }
    }
}
