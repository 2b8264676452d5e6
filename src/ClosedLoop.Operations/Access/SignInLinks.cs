using System.Security.Cryptography;

namespace ClosedLoop.Operations.Access;

/// <summary>
/// Links that sign somebody in once, from this machine: the way in before there are users. Whoever can read the service's terminal, or its data folder, owns the
/// installation anyway.
/// </summary>
internal sealed class SignInLinks(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _open = new(StringComparer.Ordinal);

    /// <summary>Marks sessions of such links: they end with the process.</summary>
    public string Boot { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public string Create()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        lock (_gate) _open[KeyText.HashOf(token)] = time.GetUtcNow() + Lifetime;
        return token;
    }

    /// <summary>Uses a token up; <c>false</c> when it was used, is too old or never was one.</summary>
    public bool Use(string token)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var old in _open.Where(entry => entry.Value < now).Select(entry => entry.Key).ToList()) _open.Remove(old);
            return _open.Remove(KeyText.HashOf(token));
        }
    }
}
