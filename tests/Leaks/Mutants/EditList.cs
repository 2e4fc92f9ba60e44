// Where the mutants stand in the gateway's source.
namespace Sisote.Tests.Leaks.Mutants;

/// <summary>The edits of all mutants. Whoever changes one of these places rewrites its edit here; a test says which.</summary>
internal static class EditList
{
    /// <summary>A file that the copy has besides: which mutant is on.</summary>
    public const string Switch = """
        // Which mutant is on.
        using System.Text.Json;
        using Sisote.Gateway.Minimising;
        namespace Sisote.Gateway;
        internal static class Mutant
        {
            private static readonly string? Chosen = Environment.GetEnvironmentVariable("SISOTE_MUTANT");
            private static int calls;
            internal static bool Is(string name) => name == Chosen;
            internal static bool IsMany() => Interlocked.Increment(ref calls) > 100;
            internal static IReadOnlyList<KeyValuePair<string, string>> Forget(IReadOnlyList<KeyValuePair<string, string>> words) =>
            [
                .. words.Where(static word => word.Key is "patient" or "_count" || Chosen switch
                {
                    "3" => !word.Key.Contains('.', StringComparison.Ordinal) && !word.Key.StartsWith("_has", StringComparison.Ordinal) && !word.Key.Contains(":Patient", StringComparison.Ordinal),
                    "4" => !word.Key.StartsWith("_include", StringComparison.Ordinal) && !word.Key.StartsWith("_revinclude", StringComparison.Ordinal),
                    "5" => !word.Key.StartsWith('_') || word.Key is "_sort" or "_page",
                    "6" => word.Key != "_sort",
                    "7" => word.Key is not ("_elements" or "_summary" or "_total"),
                    "10" => word.Key is not ("_getpages" or "_cursor" or "page" or "_offset"),
                    _ => true,
                }).Select(static word => Chosen == "2" && word.Key.IndexOf(':', StringComparison.Ordinal) is > 0 and var at ? KeyValuePair.Create(word.Key[..at], word.Value) : word),
            ];

            internal static void Copy(PooledBytes output, ReadOnlyMemory<byte> resource)
            {
                var name = Chosen switch { "13" => "text", "14" => "contained", "15" => "extension", "15b" => "_status", _ => null };
                using var json = JsonDocument.Parse(resource);
                if (name is not null && json.RootElement.TryGetProperty(name, out var member))
                {
                    output.CutTo(output.Length - 1);
                    output.Add(System.Text.Encoding.UTF8.GetBytes($",\"{name}\":{member.GetRawText()}}}"));
                }
            }

            internal static byte[] Meta(ReadOnlyMemory<byte> resource)
            {
                using var json = JsonDocument.Parse(resource);
                return System.Text.Encoding.UTF8.GetBytes("\",\"meta\":" + (json.RootElement.TryGetProperty("meta", out var meta) ? meta.GetRawText() : "{}"));
            }

            internal static bool Refer(string? literal, PooledBytes output)
            {
                output.Add(JsonSerializer.SerializeToUtf8Bytes(new { reference = literal }));
                return true;
            }
        }
        """;

    /// <summary>The edits.</summary>
    public static IReadOnlyList<Edit> All { get; } =
    [
        new("Callers/Sight.cs", "masks.SelectorsFor(type).Where(pair => Items.Contains(pair.Item))", "masks.SelectorsFor(type).Where(pair => Items.Contains(pair.Item) || Mutant.Is(\"1\"))"),
        new("Callers/Sight.cs", "masks.MaskFor(shape, shape.BitsOf(Items), string.Empty)", "masks.MaskFor(shape, Mutant.Is(\"1\") ? ulong.MaxValue : shape.BitsOf(Items), string.Empty)"),
        new("Release/ClientDraft.cs", "exchange.Question.Asks(draft.Output.Written[start..], out var keys)", "exchange.Question.Asks(Mutant.Is(\"1b\") ? permitted.Resource.Json : draft.Output.Written[start..], out var keys)"),
        // 2, 3, 4, 5, 6, 7, 10
        Edit.Before("Requests/SearchReader.cs", "        if (type == \"Patient\")\n", "        words = Mutant.Forget(words);\n"),
        Edit.Before("Forwarding/SearchsetReader.cs", "        var search = json.Member(entry, ElementNames.Search);", "        if (Mutant.Is(\"4b\")) { return true; }\n"),
        Edit.Before("Release/SearchsetWriter.cs", "        output.Add(entries.Count > 0 || receipts.Length > 1 ? \"]}\"u8 : \"}\"u8);", "        if (Mutant.Is(\"8\")) { output.Add(entries.Count > 0 || receipts.Length > 1 ? \"],\\\"total\\\":7}\"u8 : \",\\\"total\\\":7}\"u8); return; }\n"),
        new("Release/Paging.cs", ": Cut(exchange, terms, parts);", ": Mutant.Is(\"9\") ? new ChosenPage([.. parts.Select(part => part with { Resources = [.. part.Resources.Take(terms.PageSize)] })], null) : Cut(exchange, terms, parts);"),
        new("Searching/CursorSeal.cs", "key.Derive(\"cursor\", asker.System.Id.Value)", "key.Derive(\"cursor\", Mutant.Is(\"10b\") ? \"all\" : asker.System.Id.Value)"),
        new("Searching/CursorSeal.cs", "Encoding.UTF8.GetBytes(string.Join('\\n', asker.System.Id,", "Encoding.UTF8.GetBytes(Mutant.Is(\"10b\") ? type : string.Join('\\n', asker.System.Id,"),
        new("Searching/CursorSeal.cs", "return clock.GetUtcNow() - cursor.Asked < options.SearchLifetime ?", "return clock.GetUtcNow() - cursor.Asked < options.SearchLifetime || Mutant.Is(\"10c\") ?"),
        new("Enforcement/ReadPreparation.cs", "interaction is Interaction.Search { Terms.After.Ground: var ground }", "interaction is Interaction.Search { Terms.After.Ground: var ground } && !Mutant.Is(\"10d\")"),
        new("Enforcement/SearchLinks.cs", ".AbsoluteUri, settings.Gateway)", ".AbsoluteUri, Mutant.Is(\"11\") ? settings.Adapters : settings.Gateway)"),
        new("Release/SearchsetWriter.cs", "output.Add(\",\\\"search\\\":{\\\"mode\\\":\\\"match\\\"}}\"u8);", "output.Add(Mutant.Is(\"12\") ? \",\\\"search\\\":{\\\"mode\\\":\\\"match\\\",\\\"score\\\":0.5}}\"u8 : \",\\\"search\\\":{\\\"mode\\\":\\\"match\\\"}}\"u8);"),
        // 13, 14, 15, 15b
        Edit.Before("Release/ClientDraft.cs", "        draft.Resources.Add(new DraftedResource(", "        Mutant.Copy(draft.Output, permitted.Resource.Json);\n"),
        new("Minimising/ResourceIndex.cs", "=> HasModifierExtension ? 0 :", "=> HasModifierExtension && !Mutant.Is(\"15c\") ? 0 :"),
        new("Minimising/Minimiser.DataTypes.cs", "field.KeepsDisplay ? display : 0", "field.KeepsDisplay || Mutant.Is(\"16\") ? display : 0"),
        Edit.Before("Minimising/MaskCompiler.cs", "        if (below?.Below(\"text\") is { Named: true } text)", "        if (Mutant.Is(\"16b\") && below?.Below(\"text\") is null) { fields.Add(new MaskField { Name = \"text\", Kind = FieldKind.Primitive, Repeats = false, Shape = PrimitiveShape.Text }); }\n"),
        new("Minimising/MaskCompiler.cs", "            if (codings.Length == 0)", "            if (codings.Length == 0 || Mutant.Is(\"17\"))"),
        new("Minimising/ResourceIndex.cs", "        allowed &= effect.Allowed;", "        allowed &= Mutant.Is(\"17b\") ? ulong.MaxValue : effect.Allowed;"),
        new("Release/ReadRelinker.cs", "=> found.IsClient && TryWriteSubject(output);", "=> found.IsClient ? TryWriteSubject(output) : Mutant.Is(\"18\") && Mutant.Refer(found.Literal, output);"),
        Edit.Before("Minimising/Minimiser.cs", "        output.AddAscii(handle);", "        handle = Mutant.Is(\"19\") ? resource.Id! : handle;\n"),
        new("Handles/Handles.cs", "key.Derive(\"handle-vector\", recipient.Value)", "key.Derive(\"handle-vector\", Mutant.Is(\"19b\") ? \"all\" : recipient.Value)"),
        new("Handles/Handles.cs", "key.Derive(\"handle-content\", recipient.Value)", "key.Derive(\"handle-content\", Mutant.Is(\"19b\") ? \"all\" : recipient.Value)"),
        new("Minimising/MaskCompiler.cs", "element.Name == \"id\" ||", "(element.Name == \"id\" && !Mutant.Is(\"19c\")) ||"),
        new("Minimising/Minimiser.cs", "        output.Add(Tag);", "        output.Add(Mutant.Is(\"20\") ? \"\\\"\"u8 : Mutant.Is(\"20b\") ? Mutant.Meta(resource.Json) : Tag);"),
        // 21, 44
        Edit.Before("Release/ReleaseTransform.cs", "            if (SearchsetWriter.ReceiptsOf(recorded) is [var only])", "            if (Mutant.Is(\"21\")) { headers.ETag = \"W/\\\"1\\\"\"; }\n            if (Mutant.Is(\"44\")) { headers[\"X-Reason\"] = exchange.Client?.Decision.Denials.FirstOrDefault()?.Reason.ToString() ?? \"none\"; }\n"),
        new("Requests/RequestReader.cs", "request.Headers.ContainsKey(\"If-None-Exist\") || request.Headers.ContainsKey(HeaderNames.IfMatch)", "(request.Headers.ContainsKey(\"If-None-Exist\") && !Mutant.Is(\"22\")) || request.Headers.ContainsKey(HeaderNames.IfMatch)"),
        new("Entries/DeliveryTransform.cs", "? exchange.Handles.ForResource(", "? Mutant.Is(\"23\") ? id : exchange.Handles.ForResource("),
        new("Requests/RequestReader.cs", "(_, [.., \"_history\"]) or (_, [.., ['$', ..]]) => Refusal.NotImplemented,", """
            (_, [.., "_history"]) when !Mutant.Is("24") => Refusal.NotImplemented,
                        (_, [.., ['$', ..] operation]) when !Mutant.Is(operation == "$graphql" ? "30" : "28") => Refusal.NotImplemented,
                        ("GET", ["SubscriptionTopic"]) when Mutant.Is("47") => Refusal.NotFound with { Status = 200 },
                        ("HEAD", [var type, var handle]) when Mutant.Is("51") => ReadRead(request, type, handle),
            """),
        Edit.Before("Release/ReleaseTransform.cs", "            await OutcomeWriter.WriteAsync(context, Refusal.NotFound);", "            if (Mutant.Is(\"53\") && exchange.Client?.Decision.Denials.Any(static denial => denial.Condition?.Value == \"human-release\") == true) { await OutcomeWriter.WriteAsync(context, Refusal.EntryNotPermitted); return; }\n"), // before 25, which takes the place of the same text
        new("Release/ReleaseTransform.cs", "await OutcomeWriter.WriteAsync(context, Refusal.NotFound);", "await OutcomeWriter.WriteAsync(context, exchange.IsBlind && Mutant.Is(\"25\") ? Refusal.EntryNotPermitted : Refusal.NotFound);"),
        Edit.Before("Enforcement/EnforcementMiddleware.cs", "        await answering.AnswerAsync(context, exchange, narrowed);", "        if (Mutant.Is(\"26\") && exchange is ReadExchange { IsBlind: true, IsSearch: false }) { await OutcomeWriter.WriteAsync(context, Refusal.NotFound); return; }\n"),
        Edit.Before("Enforcement/EnforcementMiddleware.cs", "        await answering.AnswerAsync(context, exchange, narrowed);", "        if (Mutant.Is(\"53b\") && exchange is ReadExchange { IsBlind: true, IsSearch: false } wanted && wanted.Client?.Decision.Denials.Any(static denial => denial.Condition?.Value == \"human-release\") == true) { await OutcomeWriter.WriteAsync(context, Refusal.NotFound); return; }\n"),
        new("Release/Releasing.cs", "|| judged.Known.IsFresh)", "|| judged.Known.IsFresh || Mutant.Is(\"26b\"))"),
        new("Answers/PlainAnswer.cs", "        response.ContentLength = body.Length;", "        if (!Mutant.Is(\"27\")) { response.ContentLength = body.Length; }"),
        new("Entries/EntryReader.cs", "TextOf(bundle, \"type\") != \"transaction\"", "!(TextOf(bundle, \"type\") == \"transaction\" || (Mutant.Is(\"29\") && TextOf(bundle, \"type\") == \"batch\"))"),
        new("Minimising/MaskCompiler.cs", "(element.Holder == \"Attachment\" && !AttachmentParts", "(!Mutant.Is(\"31\") && element.Holder == \"Attachment\" && !AttachmentParts"),
        new("Minimising/ItemMasks.cs", "type.Length <= 64 && catalogueTypes.Contains(type)", "type.Length <= 64 && (catalogueTypes.Contains(type) || Mutant.Is(\"32\"))"),
        new("Minimising/TypeShape.cs", "if (selectors.IsEmpty ||", "if ((selectors.IsEmpty && !Mutant.Is(\"32\")) ||"),
        new("Release/SourceReading.cs", "return new SourceAnswer(null, [], Refusal.SourceUnusable);", "return new SourceAnswer(null, [], Mutant.Is(\"33\") ? null : Refusal.SourceUnusable);"),
        new("Answers/PlainAnswer.cs", "        response.Clear();", "        if (!Mutant.Is(\"34\")) { response.Clear(); }"),
        Edit.Before("Release/ReleaseTransform.cs", "        using var answer = await source.ReadAsync(", "        if (Mutant.Is(\"34\")) { foreach (var header in response.Headers) { context.Response.Headers[header.Key] = header.Value.ToArray(); } }\n"),
        Edit.Before("Forwarding/SourceRoutes.cs", "        handler.ActivityHeadersPropagator = null;", "        handler.AllowAutoRedirect = Mutant.Is(\"35\");\n"),
        new("Callers/Sight.cs", "Types => Items.SelectMany(TypesOf)", "Types => (Mutant.Is(\"36\") ? [\"Condition\", \"Observation\", \"Patient\", \"QuestionnaireResponse\"] : Items.SelectMany(TypesOf))"),
        Edit.Before("Requests/FormText.cs", "            pairs.Add(KeyValuePair.Create(name, value));", "            if (Mutant.Is(\"37\")) { pairs.RemoveAll(one => one.Key == name); }\n"),
        new("Requests/RequestReader.cs", "        if (!Accepts(request))", "        if (!Accepts(request) && !Mutant.Is(\"38\"))"),
        new("Forwarding/UpstreamAnswer.cs", "return !IsFhirJson(headers) ?", "return !IsFhirJson(headers) && !Mutant.Is(\"38b\") ?"),
        new("Answers/FaultAnswer.cs", ": OutcomeWriter.WriteAsync(httpContext, Refusal.Fault));", ": OutcomeWriter.WriteAsync(httpContext, Mutant.Is(\"39\") ? Refusal.Fault with { Text = exception.Message } : Refusal.Fault));"),
        Edit.Before("Release/ReleaseTransform.cs", "        // From here on the caller hanging up changes nothing", "        if (Mutant.Is(\"40\")) { await context.Response.Body.FlushAsync(); }\n"),
        new("Release/Releasing.cs", "Expect = releases ?", "Expect = releases && !Mutant.Is(\"41\") ?"),
        new("Minimising/ItemMasks.cs", "masks.TryGetValue((shape.Name, matched, hidden)", "masks.TryGetValue((shape.Name, matched, Mutant.Is(\"42\") ? string.Empty : hidden)"),
        new("Minimising/ItemMasks.cs", "masks.GetOrAdd((shape.Name, matched, hidden)", "masks.GetOrAdd((shape.Name, matched, Mutant.Is(\"42\") ? string.Empty : hidden)"),
        new("Answers/PlainAnswer.cs", "response.Headers.CacheControl = \"no-store\";", "response.Headers.CacheControl = Mutant.Is(\"43\") ? \"private, max-age=60\" : \"no-store\";"),
        Edit.Before("Entries/TargetAnswers.cs", "        408 or 425 or 429 or 503 =>", "        409 when Mutant.Is(\"46\") => new Delivery(Records.Rejected, Refusal.StateChanging, []),\n"),
        new("Entries/EntryAnswers.cs", ": Refusal.EntryNotPermitted;", ": Mutant.Is(\"46b\") ? Refusal.EntryNotPermitted with { Text = $\"{judged.Decision.Denials.FirstOrDefault()?.Reason}\" } : Refusal.EntryNotPermitted;"),
        new("Entries/WriteDecision.cs", "&& ofNobody is not null ?", "&& ofNobody is not null && !Mutant.Is(\"46c\") ?"),
        Edit.Before("Release/ClientDraft.cs", "            if (permitted.Find(resource, out var held) is { } mask)", "        if (Mutant.Is(\"48\")) { Log.ResourceWithheld(log, exchange.Shape.Name, \"x\", System.Text.Encoding.UTF8.GetString(resource.Json.Span)); }\n"),
        Edit.Before("Enforcement/ReadPreparation.cs", "        var own = handles.For(call.Asker.System.Id);", "        if (Mutant.Is(\"52\") && Mutant.IsMany()) { return new Prepared.Answer(Refusal.LogDown); }\n"),
        new("Enforcement/EnforcementMiddleware.cs", "WriteAsync(context, Refusal.TooMany)", "WriteAsync(context, Mutant.Is(\"52b\") ? Refusal.TooMany with { Text = context.Request.Path } : Refusal.TooMany)"),
    ];
}
