using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClosedLoop.Liquid;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>A JSON document whose strings are templates. What data writes stays inside its string, so no value of a recipient can change the form of the document.</summary>
internal sealed class JsonTemplate
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<JsonTemplateStep> _steps = [];

    /// <param name="json">The document.</param>
    /// <param name="parse">Makes a template of a string; null for a string that is none.</param>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public JsonTemplate(string json, Func<string, LiquidTemplate?> parse)
    {
        using var document = JsonDocument.Parse(json);
        Add(document.RootElement, parse);
    }

    /// <summary>Writes the document for one recipient, UTF-8.</summary>
    public byte[] Render(LiquidRow row, MessageState state)
    {
        var output = new ArrayBufferWriter<byte>(512);
        var text = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(output, Writing))
        {
            foreach (var step in _steps) Write(writer, step, text, row, state);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonTemplateStep step, ArrayBufferWriter<byte> text, LiquidRow row, MessageState state)
    {
        switch (step.Token)
        {
            case JsonTokenType.StartObject: writer.WriteStartObject(); break;
            case JsonTokenType.EndObject: writer.WriteEndObject(); break;
            case JsonTokenType.StartArray: writer.WriteStartArray(); break;
            case JsonTokenType.EndArray: writer.WriteEndArray(); break;
            case JsonTokenType.PropertyName: writer.WritePropertyName(step.Text!); break;
            case JsonTokenType.String when step.Template is { } template:
                text.ResetWrittenCount();
                template.Render(text, row, state);
                writer.WriteStringValue(text.WrittenSpan);
                break;
            case JsonTokenType.String: writer.WriteStringValue(step.Text); break;
            default: writer.WriteRawValue(step.Text!); break;
        }
    }

    private void Add(JsonElement element, Func<string, LiquidTemplate?> parse)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                _steps.Add(new JsonTemplateStep(JsonTokenType.StartObject));
                foreach (var property in element.EnumerateObject())
                {
                    _steps.Add(new JsonTemplateStep(JsonTokenType.PropertyName, property.Name));
                    Add(property.Value, parse);
                }

                _steps.Add(new JsonTemplateStep(JsonTokenType.EndObject));
                break;
            case JsonValueKind.Array:
                _steps.Add(new JsonTemplateStep(JsonTokenType.StartArray));
                foreach (var item in element.EnumerateArray()) Add(item, parse);
                _steps.Add(new JsonTemplateStep(JsonTokenType.EndArray));
                break;
            case JsonValueKind.String:
                var text = element.GetString()!;
                _steps.Add(new JsonTemplateStep(JsonTokenType.String, text, parse(text)));
                break;
            default:
                _steps.Add(new JsonTemplateStep(JsonTokenType.Number, element.GetRawText()));
                break;
        }
    }
}
