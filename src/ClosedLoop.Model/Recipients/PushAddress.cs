using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace ClosedLoop.Model.Recipients;

/// <summary>A device as the ledger names it: <c>fcm:TOKEN</c> or <c>apns:TOKEN</c>, so that an address says by itself who takes it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PushAddress(PushPlatform Platform, string Token)
{
    /// <summary>Longest address in bytes, prefix included.</summary>
    public const int MaxLength = 4096;

    private const string FcmPrefix = "fcm:";
    private const string ApnsPrefix = "apns:";
    private static readonly SearchValues<byte> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF"u8);

    public override string ToString() => (Platform == PushPlatform.Fcm ? FcmPrefix : ApnsPrefix) + Token;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static PushAddress? TryParse(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.StartsWith(FcmPrefix, StringComparison.OrdinalIgnoreCase)) return new PushAddress(PushPlatform.Fcm, address[FcmPrefix.Length..]);
        return address.StartsWith(ApnsPrefix, StringComparison.OrdinalIgnoreCase) ? new PushAddress(PushPlatform.Apns, address[ApnsPrefix.Length..]) : null;
    }

    /// <summary>The device of a token; null when it is none (<see cref="Normalise"/> says why).</summary>
    public static PushAddress? TryNormalise(PushPlatform platform, string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length > MaxLength) return null;
        Span<byte> address = stackalloc byte[MaxLength];
        return Normalise(platform, Encoding.UTF8.GetBytes(token), address, out var length) is null ? TryParse(Encoding.ASCII.GetString(address[..length])) : null;
    }

    /// <summary>A platform as files name it, or null: <c>fcm</c>, <c>gcm</c>, <c>android</c>, <c>apns</c>, <c>apn</c>, <c>ios</c>, in any case.</summary>
    public static PushPlatform? PlatformOf(ReadOnlySpan<byte> name)
    {
        name = name.Trim(" \t"u8);
        if (Is(name, "fcm"u8) || Is(name, "gcm"u8) || Is(name, "android"u8)) return PushPlatform.Fcm;
        return Is(name, "apns"u8) || Is(name, "apn"u8) || Is(name, "ios"u8) ? PushPlatform.Apns : null;
    }

    /// <summary>Writes the address of a token.</summary>
    /// <param name="platform">Whose it is.</param>
    /// <param name="token">APNs tokens are hexadecimal, and stored in lower case; FCM's are case-sensitive and opaque.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Normalise(PushPlatform platform, ReadOnlySpan<byte> token, Span<byte> destination, out int length)
    {
        length = 0;
        token = token.Trim(" \t"u8);
        if (token.IsEmpty) return "the device token is empty";
        if (token.Length > MaxLength - ApnsPrefix.Length) return "the device token is longer than 4091 bytes";
        if (token.ContainsAnyExceptInRange((byte)'!', (byte)'~')) return "the device token has a blank or a character beyond ASCII";
        length = Encoding.ASCII.GetBytes(platform == PushPlatform.Fcm ? FcmPrefix : ApnsPrefix, destination);
        if (platform == PushPlatform.Fcm)
        {
            token.CopyTo(destination[length..]);
        }
        else
        {
            if (token.Length is < 64 or > 200 || token.Length % 2 != 0 || token.ContainsAnyExcept(Hexadecimal)) return "the device token of APNs is not 64 to 200 hexadecimal digits";
            Ascii.ToLower(token, destination[length..], out _);
        }

        length += token.Length;
        return null;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => Ascii.EqualsIgnoreCase(name, expected);
}
