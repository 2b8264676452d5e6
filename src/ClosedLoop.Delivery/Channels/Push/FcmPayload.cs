using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ClosedLoop.Delivery.Channels.Push;

/// <summary>The body of <c>messages:send</c> (FCM HTTP v1).</summary>
internal static class FcmPayload
{
    /// <summary>What FCM takes of a message, in bytes.</summary>
    public const int MaxBytes = 4096;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Blocks = ["notification", "android", "apns", "webpush", "fcm_options"];

    public static byte[] Write(string token, PushNotification push)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(output, Writing))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("message");
            writer.WriteString("token", token);
            if (push.Fcm is { } whole) Whole(writer, whole, push);
            else Parts(writer, push);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Parts(Utf8JsonWriter writer, PushNotification push)
    {
        if (push.Title is not null || push.Body is not null)
        {
            writer.WriteStartObject("notification");
            if (push.Title is { } title) writer.WriteString("title", title);
            if (push.Body is { } body) writer.WriteString("body", body);
            if (push.Image is { } image) writer.WriteString("image", image);
            writer.WriteEndObject();
        }

        if (push.Data.Count > 0)
        {
            writer.WriteStartObject("data");
            foreach (var (name, value) in push.Data) writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        Android(writer, push.CollapseKey, Ttl(push.TimeToLive), priority: null);
    }

    /// <summary>A payload in the form of version 1, or of the interface before it, whose keys of delivery stood beside the blocks.</summary>
    private static void Whole(Utf8JsonWriter writer, ReadOnlyMemory<byte> payload, PushNotification push)
    {
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        foreach (var name in Blocks)
        {
            if (!root.TryGetProperty(name, out var block)) continue;
            writer.WritePropertyName(name);
            block.WriteTo(writer);
        }

        if (root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
        {
            // Version 1 takes texts only.
            writer.WriteStartObject("data");
            foreach (var entry in data.EnumerateObject()) writer.WriteString(entry.Name, entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString() : entry.Value.GetRawText());
            writer.WriteEndObject();
        }

        if (root.TryGetProperty("android", out _)) return;
        var ttl = root.TryGetProperty("time_to_live", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var number) ? string.Create(CultureInfo.InvariantCulture, $"{number}s") : Ttl(push.TimeToLive);
        Android(
            writer, root.TryGetProperty("collapse_key", out var key) && key.ValueKind == JsonValueKind.String ? key.GetString() : push.CollapseKey, ttl,
            root.TryGetProperty("priority", out var priority) && priority.ValueKind == JsonValueKind.String ? priority.GetString() : null);
    }

    private static void Android(Utf8JsonWriter writer, string? collapseKey, string? ttl, string? priority)
    {
        if (collapseKey is null && ttl is null && priority is null) return;
        writer.WriteStartObject("android");
        if (collapseKey is not null) writer.WriteString("collapse_key", collapseKey);
        if (ttl is not null) writer.WriteString("ttl", ttl);
        if (priority is not null) writer.WriteString("priority", priority.ToUpperInvariant() == "HIGH" ? "HIGH" : "NORMAL");
        writer.WriteEndObject();
    }

    private static string? Ttl(TimeSpan? span) => span is { } time ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalSeconds}s") : null;
}
