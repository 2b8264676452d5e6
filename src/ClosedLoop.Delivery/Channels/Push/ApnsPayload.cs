using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ClosedLoop.Delivery.Channels.Push;

/// <summary>The body of a notification for APNs.</summary>
internal static class ApnsPayload
{
    /// <summary>What APNs takes, in bytes.</summary>
    public const int MaxBytes = 4096;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(PushNotification push)
    {
        if (push.Apns is { } whole) return whole.ToArray();
        var output = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(output, Writing))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("aps");
            if (push.Title is not null || push.Body is not null)
            {
                writer.WriteStartObject("alert");
                if (push.Title is { } title) writer.WriteString("title", title);
                if (push.Body is { } body) writer.WriteString("body", body);
                writer.WriteEndObject();
                if (push.Image is not null) writer.WriteNumber("mutable-content", 1);
            }
            else
            {
                writer.WriteNumber("content-available", 1);
            }

            writer.WriteEndObject();
            foreach (var (name, value) in push.Data) writer.WriteString(name, value);
            if (push.Image is { } image && !push.Data.ContainsKey("image")) writer.WriteString("image", image);
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary><c>background</c> for what shows nothing, else <c>alert</c>: APNs requires the right one.</summary>
    public static string TypeOf(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload);
        return document.RootElement.TryGetProperty("aps", out var aps) && aps.ValueKind == JsonValueKind.Object
            && !aps.TryGetProperty("alert", out _) && !aps.TryGetProperty("badge", out _) && !aps.TryGetProperty("sound", out _)
            ? "background"
            : "alert";
    }
}
