using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ClosedLoop.Operations.Access;

/// <summary>Passwords: PBKDF2 with HMAC-SHA512 and a salt of their own; the parameters stand in the hash.</summary>
internal static class PasswordHash
{
    /// <summary>Shortest password that is taken; length is what counts (NIST SP 800-63B section 5.1.1.2).</summary>
    public const int Shortest = 12;

    /// <summary>Longest: hashing must not be a way to keep the service busy.</summary>
    public const int Longest = 200;

    private static readonly PasswordHasher<string> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    /// <summary>Compared with when nobody has the name, so that the time taken does not tell who is known.</summary>
    private static readonly string Nobody = Hasher.HashPassword("", Guid.NewGuid().ToString());

    public static string Of(string password) => Hasher.HashPassword("", password);

    public static bool Fits(string? hash, string password)
    {
        var fits = password.Length <= Longest && Hasher.VerifyHashedPassword("", hash ?? Nobody, password) != PasswordVerificationResult.Failed;
        return fits && hash is not null;
    }

    /// <summary>Why a new password is not taken; <c>null</c> when it is.</summary>
    public static string? Fault(string password) =>
        password.Length is >= Shortest and <= Longest ? null : $"a password has {Shortest} to {Longest} characters";
}
